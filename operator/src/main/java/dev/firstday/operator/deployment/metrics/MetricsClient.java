package dev.firstday.operator.deployment.metrics;

import java.util.Map;

/** Asks for numbers that others measure. */
@FunctionalInterface
public interface MetricsClient {

  /**
   * An answer to each query, by the query's name; never fails.
   *
   * @param queries PromQL by name
   */
  Map<String, MetricAnswer> query(Map<String, String> queries);
}
