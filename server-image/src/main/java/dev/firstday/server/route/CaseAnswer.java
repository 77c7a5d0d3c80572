package dev.firstday.server.route;

/**
 * What a version made of a golden case.
 *
 * @param words what it answered
 * @param number what min, max and above are about; NaN where there is none
 */
record CaseAnswer(Kind kind, String words, double number) {

  /** Whether it is what is expected. */
  enum Kind {
    /** It is. */
    MET,
    /** It is another answer, or none that a caller could use. */
    WRONG,
    /** The version refuses the inputs, or has no such answer: the case may be at fault. */
    UNFIT,
    /** The version failed, or could not be reached, whatever it was asked. */
    SILENT
  }

  static CaseAnswer without(Kind kind, String words) {
    return new CaseAnswer(kind, words, Double.NaN);
  }

  /** What it answered, told beside what the candidate did: a long refusal is not told twice. */
  String wordsAfter(CaseAnswer candidate) {
    return words.equals(candidate.words) ? "the same" : words;
  }

  boolean is(Kind other) {
    return kind == other;
  }
}
