package dev.firstday.operator.deployment.routing;

import dev.firstday.contract.RouterReport;

/** A router's answer, or why there is none. */
public sealed interface RouterAnswer {
  /** For people. */
  String words();

  /** What the router has seen; counts of nothing are zeros. */
  record Reported(RouterReport report) implements RouterAnswer {
    @Override
    public String words() {
      return "follows revision " + report.revision();
    }
  }

  /** Nothing usable came, within the time there is. */
  record Silent(String words) implements RouterAnswer {}
}
