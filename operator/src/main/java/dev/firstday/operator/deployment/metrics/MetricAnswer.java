package dev.firstday.operator.deployment.metrics;

/** What Prometheus answers to a query that is to give one number. */
public sealed interface MetricAnswer {

  /** For people. */
  String words();

  /** The number. */
  record Value(double value) implements MetricAnswer {
    @Override
    public String words() {
      return String.valueOf(value);
    }
  }

  /** There is none: no series, several, not a number, or no Prometheus. */
  record NoData(String words) implements MetricAnswer {}
}
