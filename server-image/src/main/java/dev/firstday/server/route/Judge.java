package dev.firstday.server.route;

import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Range;
import dev.firstday.api.PairCheck;
import dev.firstday.server.route.Verdict.Judged;
import dev.firstday.server.v2.InferResponse;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.V2;
import dev.firstday.server.v2.Values;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Compares two versions' answers to one request.
 *
 * <p>Rows disagree when their class differs: that of the label's output, or, where the caller left
 * it out, the more probable one. Labels that are numbers disagree when they are further apart than
 * {@code tolerance}, and several labels when one of them does, or when they are not as many.
 *
 * <p>What stable does too is not held against the candidate: a range that both leave may be wrong.
 *
 * @param label name of the output that is the answer itself
 * @param several whether a row has several labels, yes or no each
 * @param tolerance greatest difference of two numbers that agree, in the label's unit; NaN where
 *     the label is a class
 * @param range of a label that is a number
 * @param scoreTolerance greatest difference of two probabilities, or of two numbers in the label's
 *     unit, that counts as none; NaN where scores are not looked at
 * @param slowNanos an answer that took longer is slow; {@link #ANY_TIME}: none is
 */
record Judge(
    String label,
    boolean several,
    double tolerance,
    Interval range,
    double scoreTolerance,
    long slowNanos) {
  private static final double EVEN = 0.5;

  /** While nobody knows yet how long is too long. */
  static final long ANY_TIME = Long.MAX_VALUE;

  /** Of the sum of a softmax in single precision. */
  private static final double ROUNDING = 1e-6;

  private static final Interval PROBABILITY = new Interval(-ROUNDING, 1 + ROUNDING);

  /**
   * @param version what the version to compare with says of itself
   * @param slowNanos an answer that took longer is slow; {@link #ANY_TIME}: none is
   */
  static Judge of(ModelMetadata version, Checks checks, long slowNanos) {
    String deviation = version.properties().get(ModelMetadata.Property.LABEL_STD);
    double agreeing = Objects.requireNonNullElse(checks.scoreTolerance(), Checks.SCORE_TOLERANCE);
    return new Judge(
        version.properties().get(ModelMetadata.Property.LABEL),
        !version.labels().isEmpty(),
        deviation == null ? Double.NaN : Double.parseDouble(deviation) * agreeing,
        Interval.of(checks.range()),
        checks.scoreChange() == null || checks.scoreChange().action() == Action.IGNORE
            ? Double.NaN
            : checks.scoreChange().tolerance(),
        slowNanos);
  }

  /** Bounds, both included. */
  record Interval(double least, double greatest) {
    static Interval of(Range range) {
      return new Interval(
          range == null || range.min() == null ? Double.NEGATIVE_INFINITY : range.min(),
          range == null || range.max() == null ? Double.POSITIVE_INFINITY : range.max());
    }

    boolean contains(Tensor numbers) {
      for (double number : ((Values.Floats) numbers.values()).elements()) {
        if (number < least || number > greatest) {
          return false;
        }
      }
      return true;
    }
  }

  Verdict compare(Outcome stable, Outcome candidate) {
    if (stable.failed()) {
      return stableFailed(candidate);
    }
    if (!stable.good()) {
      return candidate.failed() ? failed(candidate) : Verdict.NOTHING;
    }
    Optional<InferResponse> expected = read(stable);
    if (expected.isEmpty()) {
      return stableFailed(candidate);
    }
    return candidate.good()
        ? judge(expected.get(), stable.nanos() > slowNanos, candidate)
        : failed(candidate);
  }

  /** What fails both says nothing of either. */
  private static Verdict stableFailed(Outcome candidate) {
    return read(candidate).isPresent() ? Verdict.STABLE_FAILED : Verdict.NOTHING;
  }

  /** Where there is no stable version: whether callers could use the answer. */
  Judged alone(Outcome candidate) {
    if (!candidate.good()) {
      return failed(candidate);
    }
    return Judged.withoutRows(
        read(candidate)
            .map(answer -> inRange(answer) ? Set.<PairCheck>of() : Set.of(PairCheck.OUT_OF_RANGE))
            .orElse(Set.of(PairCheck.NON_FINITE)),
        false);
  }

  private Judged failed(Outcome candidate) {
    boolean late = candidate instanceof Outcome.Unreachable unreachable && unreachable.timedOut();
    return Judged.withoutRows(Set.of(late ? PairCheck.TIMEOUTS : PairCheck.ERRORS), timed());
  }

  private boolean timed() {
    return slowNanos != ANY_TIME;
  }

  private Judged judge(InferResponse expected, boolean stableSlow, Outcome candidate) {
    Set<PairCheck> faults = EnumSet.noneOf(PairCheck.class);
    if (candidate.nanos() > slowNanos && !stableSlow) {
      faults.add(PairCheck.SLOW);
    }
    Optional<InferResponse> read = read(candidate).filter(given -> sameForm(expected, given));
    if (read.isEmpty()) {
      faults.add(PairCheck.NON_FINITE);
      return Judged.withoutRows(faults, timed());
    }
    InferResponse given = read.get();
    if (inRange(expected) && !inRange(given)) {
      faults.add(PairCheck.OUT_OF_RANGE);
    }
    return new Judged(
        faults,
        timed(),
        disagreement(expected, given),
        score(expected, given),
        labels(expected, given));
  }

  /** The answer, if a caller can use it: readable, every number there and finite. */
  static Optional<InferResponse> read(Outcome outcome) {
    if (!(outcome instanceof Outcome.Answered answered)
        || !answered.good()
        || !answered.comparable()) {
      return Optional.empty();
    }
    try {
      return Optional.of(V2.readResponse(answered.body().getBytes(), answered.jsonLength()))
          .filter(response -> response.outputs().stream().allMatch(Judge::finite));
    } catch (ProtocolException e) {
      return Optional.empty(); // whose answer it is gets the blame
    }
  }

  private static boolean finite(Tensor output) {
    if (!output.missing().isEmpty()) {
      return false;
    }
    if (output.values() instanceof Values.Floats floats) {
      for (double element : floats.elements()) {
        if (!Double.isFinite(element)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Rows may differ in length: a new version may know more classes. */
  private static boolean sameForm(InferResponse stable, InferResponse candidate) {
    return stable.outputs().stream()
        .allMatch(
            expected ->
                output(candidate, expected.name())
                    .filter(given -> given.rows() == expected.rows() && given.rowLength() > 0)
                    .filter(given -> given.values().getClass() == expected.values().getClass())
                    .isPresent());
  }

  private static Optional<Tensor> output(InferResponse response, String name) {
    for (Tensor output : response.outputs()) {
      if (output.name().equals(name)) {
        return Optional.of(output);
      }
    }
    return Optional.empty();
  }

  private boolean isNumber() {
    return !Double.isNaN(tolerance);
  }

  /** Whether the output is what a range or a score is about: the number, or probabilities. */
  private boolean isScore(Tensor output) {
    return output.values() instanceof Values.Floats && isNumber() == output.name().equals(label);
  }

  private boolean inRange(InferResponse answer) {
    Interval allowed = isNumber() ? range : PROBABILITY;
    return answer.outputs().stream().filter(this::isScore).allMatch(allowed::contains);
  }

  private Rows disagreement(InferResponse stable, InferResponse candidate) {
    int rows = 0;
    BitSet bad = new BitSet();
    for (Tensor expected : output(stable, label).map(List::of).orElse(stable.outputs())) {
      Tensor given = output(candidate, expected.name()).orElseThrow();
      rows = Math.max(rows, expected.rows());
      for (int row = 0; row < expected.rows(); row++) {
        if (!agree(expected, given, row)) {
          bad.set(row);
        }
      }
    }
    return new Rows(rows, bad);
  }

  private boolean agree(Tensor stable, Tensor candidate, int row) {
    if (several) {
      int length = stable.rowLength();
      return length == candidate.rowLength()
          && IntStream.range(row * length, (row + 1) * length)
              .allMatch(i -> isYes(stable, i) == isYes(candidate, i));
    }
    if (!(stable.values() instanceof Values.Floats)) {
      return stable.element(row).equals(candidate.element(row));
    }
    if (stable.name().equals(label)) {
      return Math.abs((double) stable.element(row) - (double) candidate.element(row)) <= tolerance;
    }
    return mostProbable(stable, row) == mostProbable(candidate, row);
  }

  private static boolean isYes(Tensor labels, int i) {
    return labels.element(i) instanceof Double probability
        ? probability >= EVEN
        : Boolean.TRUE.equals(labels.element(i));
  }

  /**
   * The class that a row of probabilities names; a single one is that of the second class of two.
   */
  private static int mostProbable(Tensor probabilities, int row) {
    int classes = probabilities.rowLength();
    if (classes == 1) {
      return (double) probabilities.element(row) >= EVEN ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < classes; i++) {
      if ((double) probabilities.element(row * classes + i)
          > (double) probabilities.element(row * classes + best)) {
        best = i;
      }
    }
    return best;
  }

  /** Rows of another length say nothing: which class a probability is of is not known then. */
  private Rows score(InferResponse stable, InferResponse candidate) {
    if (Double.isNaN(scoreTolerance)) {
      return Rows.NONE;
    }
    int rows = 0;
    BitSet bad = new BitSet();
    for (Tensor expected : stable.outputs()) {
      Tensor given = output(candidate, expected.name()).orElseThrow();
      if (isScore(expected) && expected.rowLength() == given.rowLength()) {
        rows = Math.max(rows, expected.rows());
        for (int i = 0; i < expected.values().size(); i++) {
          double moved = Math.abs((double) expected.element(i) - (double) given.element(i));
          if (moved > scoreTolerance) {
            bad.set(i / expected.rowLength());
          }
        }
      }
    }
    return new Rows(rows, bad);
  }

  /** Which of several labels is which is not known where they are not as many. */
  private LabelPair labels(InferResponse stable, InferResponse candidate) {
    return output(stable, label)
        .map(expected -> new LabelPair(expected, output(candidate, label).orElseThrow()))
        .filter(pair -> pair.stable().rowLength() == pair.candidate().rowLength())
        .orElse(LabelPair.NONE);
  }
}
