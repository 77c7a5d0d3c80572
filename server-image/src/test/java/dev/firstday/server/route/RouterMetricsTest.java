package dev.firstday.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class RouterMetricsTest {
  private final CollectorRegistry registry = new CollectorRegistry();
  private final RouterMetrics metrics = new RouterMetrics(registry);

  /** A dashboard cannot tell a series that is missing from a name that nobody tells. */
  @Test
  void whatHasNotHappenedYetIsToldAsZero() {
    assertThat(Collections.list(registry.metricFamilySamples()))
        .isNotEmpty()
        .allSatisfy(family -> assertThat(family.samples).as(family.name).isNotEmpty());
    assertThat(feedback("stable")).isZero();
    assertThat(feedback("candidate")).isZero();
    assertThat(feedback("both_or_neither")).isZero();
    assertThat(bad("live", "slow")).isZero();
  }

  @Test
  void aRowIsCountedByWhoWasRight() {
    metrics.learnt(new LabelPair.Truth(6, 1, 2));
    assertThat(feedback("stable")).isEqualTo(1);
    assertThat(feedback("candidate")).isEqualTo(2);
    assertThat(feedback("both_or_neither")).isEqualTo(3);
  }

  private Double feedback(String right) {
    return registry.getSampleValue(
        "firstday_router_feedback_rows_total", new String[] {"right"}, new String[] {right});
  }

  private Double bad(String source, String check) {
    return registry.getSampleValue(
        "firstday_router_pair_bad_total",
        new String[] {"source", "check"},
        new String[] {source, check});
  }
}
