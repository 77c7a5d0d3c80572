package dev.firstday.operator.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A resource that numbers are told of; each of its series has its namespace and name as labels. */
final class Subject {
  private final String kind;
  private final String namespace;
  private final String name;
  private final List<Gauge> gauges = new ArrayList<>();

  Subject(String kind, String namespace, String name) {
    this.kind = kind;
    this.namespace = namespace;
    this.name = name;
  }

  /** A label beside those that every series has. */
  record Label(String name, String value) {}

  String kind() {
    return kind;
  }

  /** What was told so far. */
  List<Gauge> gauges() {
    return List.copyOf(gauges);
  }

  /**
   * Tells a number; a null tells nothing.
   *
   * @param labels the same names, in the same order, wherever the metric is told
   */
  void tell(String metric, String help, Number value, Label... labels) {
    if (value != null) {
      gauges.add(
          new Gauge(
              metric,
              help,
              Stream.concat(Stream.of("namespace", "name"), Stream.of(labels).map(Label::name))
                  .toList(),
              Stream.concat(Stream.of(namespace, name), Stream.of(labels).map(Label::value))
                  .toList(),
              value.doubleValue()));
    }
  }

  /** Tells a time, in seconds since 1970; a null tells nothing. */
  void tell(String metric, String help, Instant time, Label... labels) {
    tell(metric, help, time == null ? null : time.getEpochSecond(), labels);
  }
}
