package dev.firstday.operator.deployment.canary;

import dev.firstday.api.Comparison.Tally;
import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.operator.deployment.canary.BernoulliTest.Interval;
import java.util.List;
import java.util.Locale;

/**
 * A check's verdict with its evidence.
 *
 * @param fromTheBeginning callers' requests, where it failed and every one of them was bad
 * @param stableErrors requests that stable alone failed, where that is why there is no verdict
 * @param evidence share of what a verdict needs: -1 and less is Pass, 1 and more Fail
 * @param needed how many more bring a verdict at the rate seen; {@link Long#MAX_VALUE}: none can
 *     tell
 */
public record CheckResult(
    Check check,
    Tally tally,
    long fromTheBeginning,
    long stableErrors,
    Verdict verdict,
    double evidence,
    long needed)
    implements Finding {

  @Override
  public boolean stops() {
    return check.action() == Action.GATE && verdict == Verdict.FAIL;
  }

  @Override
  public boolean allows() {
    return check.action() != Action.GATE
        || verdict == Verdict.PASS
        || !check.mustPass() && verdict != Verdict.FAIL && withinBound();
  }

  /** The same, as it is told beside what other requests show. */
  public CheckResult onGoldenRequests() {
    return new CheckResult(
        check.onGoldenRequests(), tally, fromTheBeginning, stableErrors, verdict, evidence, needed);
  }

  /** Whether the rate itself is tolerable, whatever it proves. */
  public boolean withinBound() {
    return tally.bad() <= check.tolerance() * tally.compared();
  }

  @Override
  public String reason() {
    return check.reason();
  }

  @Override
  public List<String> examples() {
    return tally.examples();
  }

  @Override
  public String evidenceInWords() {
    if (tally.compared() == 0) {
      return String.format(
          Locale.ROOT, "%s: no %s compared yet, bound %s", check.name(), check.unit(), bound());
    }
    return String.format(
        Locale.ROOT,
        "%s: %,d of %,d %s = %s, bound %s%s",
        check.name(),
        tally.bad(),
        tally.compared(),
        check.unit(),
        words(rate()),
        bound(),
        fromTheBeginning == 0
            ? ""
            : ", each of callers' first %d among them".formatted(fromTheBeginning));
  }

  @Override
  public String outlook() {
    if (verdict != Verdict.UNDECIDED) {
      return "";
    }
    if (stableErrors > 0) {
      return String.format(
          Locale.ROOT,
          "the stable version alone failed %,d requests, so that both may suffer from the same",
          stableErrors);
    }
    return needed == Long.MAX_VALUE
        ? "the rate is too close to its bound to tell them apart"
        : String.format(Locale.ROOT, "needs about %,d more %s", needed, check.unit());
  }

  @Override
  public ModelDeploymentStatus.CheckState state(Traffic traffic) {
    Interval interval = BernoulliTest.interval(tally.bad(), tally.compared());
    Long minutes = traffic.minutesFor(this).orElse(null);
    return new ModelDeploymentStatus.CheckState(
        check.name(),
        verdict.word(),
        check.action(),
        null,
        tally.compared(),
        tally.bad(),
        tally.compared() == 0 ? null : percent(rate()),
        percent(interval.low()),
        percent(interval.high()),
        percent(check.tolerance()),
        percent(Math.max(-1, Math.min(1, evidence))),
        isKnown() ? needed : null,
        minutes,
        tally.examples().isEmpty() ? null : tally.examples(),
        message(minutes));
  }

  /** Whether more requests are needed, and it can be told how many. */
  boolean isKnown() {
    return verdict == Verdict.UNDECIDED && needed != Long.MAX_VALUE;
  }

  private String message(Long minutes) {
    String outlook = outlook();
    if (outlook.isEmpty()) {
      return evidenceInWords();
    }
    String time = minutes == null ? "" : ", ~%d min at this traffic".formatted(minutes);
    return evidenceInWords() + "; " + outlook + time;
  }

  private double rate() {
    return (double) tally.bad() / tally.compared();
  }

  private String bound() {
    return words(check.tolerance());
  }

  private static double percent(double share) {
    return Math.round(share * 10_000) / 100.0;
  }

  private static String words(double share) {
    double percent = Math.round(share * 1000) / 10.0;
    return percent == Math.rint(percent)
        ? String.format(Locale.ROOT, "%.0f %%", percent)
        : String.format(Locale.ROOT, "%.1f %%", percent);
  }
}
