package dev.firstday.server.predict;

import dev.firstday.sdk.model.Task;

/**
 * How far two answers of one network may be apart, since processors sum in different order.
 *
 * @param unit 1 for probabilities, the label's deviation for numbers
 */
record Closeness(double unit) {
  private static final double ABSOLUTE = 1e-4;
  private static final double RELATIVE = 1e-3;

  static Closeness of(Task task) {
    return new Closeness(task instanceof Task.Regression regression ? regression.deviation() : 1);
  }

  /** False also when one is not a number. */
  boolean close(double given, double expected) {
    return Math.abs(given - expected) <= ABSOLUTE * unit + RELATIVE * Math.abs(expected);
  }
}
