package dev.firstday.operator.deployment.canary;

import dev.firstday.api.Comparison;
import dev.firstday.api.Comparison.Tally;
import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.PairCheck;

/**
 * A rate of bad answers, and what is tolerated of it.
 *
 * @param name of the tally
 * @param kind what is looked at
 * @param tolerance the rate that is tolerated, as a share
 * @param action what a failure does
 * @param failRisk probability that a rate within the tolerance is ever called too high
 * @param passRisk probability that a rate beyond it is ever called low enough
 * @param mustPass whether promotion waits for proof; otherwise a rate within the tolerance suffices
 */
public record Check(
    String name,
    PairCheck kind,
    double tolerance,
    Action action,
    double failRisk,
    double passRisk,
    boolean mustPass) {

  /**
   * The candidate's share of the failures of one version alone, if it fails 1.25 times as often.
   */
  private static final double NO_WORSE = 1.25 / 2.25;

  private static final String ON_GOLDEN_REQUESTS = "(golden)";

  /** The name of what golden requests alone show, as {@code disagreement(golden)}. */
  Check onGoldenRequests() {
    return new Check(
        name + ON_GOLDEN_REQUESTS, kind, tolerance, action, failRisk, passRisk, mustPass);
  }

  /** Whether a check's name says that it is about golden requests. */
  public static boolean isOnGoldenRequests(String name) {
    return name.endsWith(ON_GOLDEN_REQUESTS);
  }

  /** Whether it looks at the rows with one value of a column. */
  public boolean isSlice() {
    return PairCheck.isSlice(name);
  }

  /** A condition's reason when the check fails. */
  public String reason() {
    return switch (kind) {
      case ERRORS -> "CandidateErrors";
      case TIMEOUTS -> "CandidateTimeouts";
      case NON_FINITE -> "CandidateNotFinite";
      case OUT_OF_RANGE -> "CandidateOutOfRange";
      case SLOW -> "CandidateSlow";
      case DISAGREEMENT -> "DisagreementTooHigh";
      case SCORE -> "ScoreChanged";
      case LABELS -> "CandidateOftenerWrong";
    };
  }

  /** What is counted, in the plural. */
  public String unit() {
    return switch (kind) {
      case LABELS -> "labelled rows that one version alone got right";
      case ERRORS, TIMEOUTS, NON_FINITE, OUT_OF_RANGE, SLOW, DISAGREEMENT, SCORE ->
          switch (kind.unit()) {
            case REQUESTS -> "requests";
            case ROWS -> "rows";
          };
    };
  }

  /** The check's finding on golden requests. */
  public CheckResult judge(Comparison golden) {
    return judge(golden, Comparison.NONE);
  }

  /**
   * The check's finding. What hits both versions is no fault of the candidate: where stable fails
   * too, the candidate has to fail oftener, among the requests that one of the two alone failed.
   *
   * @param live the part of it that callers sent: a version that fails the first of them one and
   *     all is not given the credit of those before
   */
  public CheckResult judge(Comparison comparison, Comparison live) {
    Tally tally = comparison.tally(name);
    Tally callers = live.tally(name);
    var grid = new BernoulliTest(tolerance, failRisk, passRisk);
    BernoulliTest test =
        kind.isFailure() ? grid.withBeginning(callers.bad(), callers.compared()) : grid;
    Verdict verdict = test.judge(tally.bad(), tally.compared());
    boolean shared = verdict == Verdict.FAIL && stableFailsToo(tally.bad(), comparison);
    boolean allBad = verdict == Verdict.FAIL && callers.bad() == callers.compared();
    return new CheckResult(
        this,
        tally,
        allBad && !shared && kind.isFailure() ? callers.bad() : 0,
        shared ? comparison.stableErrors() : 0,
        shared ? Verdict.UNDECIDED : verdict,
        shared ? 0 : test.evidence(tally.bad(), tally.compared()),
        shared ? Long.MAX_VALUE : test.needed(tally.bad(), tally.compared()));
  }

  /** Whether even one bad answer is the candidate's own fault, since stable fails no requests. */
  public boolean blames(Comparison comparison) {
    long bad = comparison.tally(name).bad();
    return bad > 0 && !stableFailsToo(bad, comparison);
  }

  private boolean stableFailsToo(long bad, Comparison comparison) {
    long stable = comparison.stableErrors();
    return stable > 0
        && kind.isFailure()
        && new BernoulliTest(NO_WORSE, failRisk, passRisk).judge(bad, bad + stable) != Verdict.FAIL;
  }
}
