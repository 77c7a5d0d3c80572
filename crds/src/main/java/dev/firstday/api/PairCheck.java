package dev.firstday.api;

/**
 * What is looked at in a pair of answers. Each names a {@link Comparison.Tally}, and a check of a
 * status.
 */
public enum PairCheck {
  /** The candidate refused, failed, or could not be reached, where stable answered well. */
  ERRORS("errors", Unit.REQUESTS),
  /** The candidate did not answer in time. */
  TIMEOUTS("timeouts", Unit.REQUESTS),
  /** An answer of the candidate that is not finite, not complete or not readable. */
  NON_FINITE("nonFinite", Unit.REQUESTS),
  /** A probability outside 0 to 1, or a number outside checks.range, where stable's is within. */
  OUT_OF_RANGE("outOfRange", Unit.REQUESTS),
  /** Slower than slowFactor times the stable version's 95th percentile. */
  SLOW("slow", Unit.REQUESTS),
  /** Another class, or a number further off than scoreTolerance. */
  DISAGREEMENT("disagreement", Unit.ROWS),
  /** A probability, or a number, further off than scoreChange allows, whatever the class. */
  SCORE("score", Unit.ROWS),
  /** Of the rows of which one version alone was right: those where it was stable. */
  LABELS("labels", Unit.ROWS);

  /** What is counted. */
  public enum Unit {
    REQUESTS,
    ROWS
  }

  private final String word;
  private final Unit unit;

  PairCheck(String word, Unit unit) {
    this.word = word;
    this.unit = unit;
  }

  /** The tally's and the check's name. */
  public String word() {
    return word;
  }

  public Unit unit() {
    return unit;
  }

  /** Whether it counts answers that callers cannot use. */
  public boolean isFailure() {
    return switch (this) {
      case ERRORS, TIMEOUTS, NON_FINITE, OUT_OF_RANGE -> true;
      case SLOW, DISAGREEMENT, SCORE, LABELS -> false;
    };
  }

  /** The name of a disagreement among the rows with this value of a column. */
  public static String slice(String column, String value) {
    return "%s[%s=%s]".formatted(DISAGREEMENT.word, column, value);
  }

  /** Values of a column that a router tells apart, the first it meets. */
  public static final int VALUES_A_COLUMN = 20;

  /** The value that stands for all values of a column beyond those that are told apart. */
  public static final String OTHER = "other";

  /** The column of a slice's name. */
  public static String columnOf(String slice) {
    return slice.substring(DISAGREEMENT.word.length() + 1, slice.indexOf('='));
  }

  /** Whether the name is that of a slice. */
  public static boolean isSlice(String name) {
    return name.startsWith(DISAGREEMENT.word + "[");
  }
}
