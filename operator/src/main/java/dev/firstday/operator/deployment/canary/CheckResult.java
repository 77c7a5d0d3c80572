package dev.firstday.operator.deployment.canary;

import dev.firstday.api.ModelDeploymentStatus;
import java.util.Locale;

/**
 * A check's verdict with its evidence.
 *
 * @param tolerance the rate that is tolerated, as a share
 * @param needed how many more bring a verdict at the rate seen; {@link Long#MAX_VALUE}: none can
 *     tell
 */
public record CheckResult(
    Check check, Verdict verdict, long bad, long compared, double tolerance, long needed) {

  /** The evidence in a sentence without its end. */
  public String evidence() {
    if (compared == 0) {
      return String.format(
          Locale.ROOT, "%s: no %s compared yet, bound %s", check.word(), check.unit(), bound());
    }
    return String.format(
        Locale.ROOT,
        "%s: %d of %d %s = %s, bound %s",
        check.word(),
        bad,
        compared,
        check.unit(),
        percent((double) bad / compared),
        bound());
  }

  /** What is still needed, or nothing when there is a verdict. */
  public String outlook() {
    if (verdict != Verdict.UNDECIDED) {
      return "";
    }
    return needed == Long.MAX_VALUE
        ? "the rate is too close to its bound to tell them apart"
        : "needs about " + needed + " more " + check.unit();
  }

  /** Whether the rate itself is tolerable, whatever it proves. */
  public boolean withinBound() {
    return bad <= tolerance * compared;
  }

  /** For the status. */
  public ModelDeploymentStatus.CheckState state() {
    String outlook = outlook();
    return new ModelDeploymentStatus.CheckState(
        check.word(),
        verdict.word(),
        compared,
        bad,
        outlook.isEmpty() ? evidence() : evidence() + "; " + outlook);
  }

  private String bound() {
    return percent(tolerance);
  }

  private static String percent(double share) {
    double percent = Math.round(share * 1000) / 10.0;
    return percent == Math.rint(percent)
        ? String.format(Locale.ROOT, "%.0f %%", percent)
        : String.format(Locale.ROOT, "%.1f %%", percent);
  }
}
