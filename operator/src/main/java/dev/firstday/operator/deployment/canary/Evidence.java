package dev.firstday.operator.deployment.canary;

import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.contract.RouterReport;
import dev.firstday.contract.RouterReport.Comparison;
import java.util.Arrays;
import java.util.List;

/**
 * What the routers that follow the current routes have counted.
 *
 * @param routers how many they are
 * @param golden the worst of what each saw on the same golden requests: sent by two routers they
 *     are no more evidence than sent by one
 * @param live the sum over callers' requests, of which each passed one router
 */
public record Evidence(int routers, Comparison golden, Comparison live) {
  public static final Evidence NONE = new Evidence(0, Comparison.NONE, Comparison.NONE);

  /** Gathers reports on one pair of versions. */
  public static Evidence of(List<RouterReport> reports) {
    if (reports.isEmpty()) {
      return NONE;
    }
    return new Evidence(
        reports.size(),
        reports.stream().map(RouterReport::golden).reduce(Evidence::worst).orElseThrow(),
        reports.stream().map(RouterReport::live).reduce(Comparison::plus).orElseThrow());
  }

  /** Whether there is anything to judge by. */
  public boolean exists() {
    return routers > 0;
  }

  /** Every check on callers' requests. */
  public List<CheckResult> judgeLive(ModelDeploymentSpec.Checks checks) {
    return Arrays.stream(Check.values()).map(check -> check.judge(live, checks)).toList();
  }

  /** The answers to golden requests, compared with stable's. */
  public CheckResult judgeGolden(ModelDeploymentSpec.Checks checks) {
    return Check.DISAGREEMENT.judge(golden, checks);
  }

  private static Comparison worst(Comparison one, Comparison other) {
    return new Comparison(
        one.done() && other.done(),
        Math.max(one.requests(), other.requests()),
        Math.max(one.errors(), other.errors()),
        Math.max(one.slow(), other.slow()),
        Math.max(one.rows(), other.rows()),
        Math.max(one.disagreements(), other.disagreements()),
        Math.max(one.stableErrors(), other.stableErrors()));
  }
}
