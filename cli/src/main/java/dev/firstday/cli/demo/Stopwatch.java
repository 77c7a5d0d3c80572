package dev.firstday.cli.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/** Seconds of each step, in order. */
final class Stopwatch {
  private static final double NANOS = 1e9;

  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private long last = System.nanoTime();

  /** Ends a step that began when the last one ended, and gives its seconds. */
  double lap(String step) {
    long now = System.nanoTime();
    double lap = Math.round((now - last) / NANOS * 100) / 100.0;
    last = now;
    seconds.merge(step, lap, Double::sum);
    return lap;
  }

  void add(String step, double lap) {
    seconds.put(step, lap);
  }

  Map<String, Double> seconds() {
    return seconds;
  }
}
