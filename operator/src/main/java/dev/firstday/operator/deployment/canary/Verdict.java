package dev.firstday.operator.deployment.canary;

/** What the evidence says of a rate and its tolerance. */
public enum Verdict {
  PASS("Pass"),
  FAIL("Fail"),
  UNDECIDED("Undecided");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** As the status writes it. */
  public String word() {
    return word;
  }
}
