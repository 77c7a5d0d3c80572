package dev.firstday.cli.demo;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What the best constant answers to every row.
 *
 * @param answer one number, or the share of each class or label
 * @param classes in the order of the answer; none for a number and for labels
 */
record Constant(List<Double> answer, List<String> classes) {

  /**
   * The answer as people compare it: the number, or the most frequent class with its share.
   *
   * @param place of several labels the label's; else 0
   */
  String words(int place, boolean probability) {
    if (classes.isEmpty()) {
      return Predictions.number(answer.get(place), probability);
    }
    double share = Collections.max(answer);
    return String.format(
        Locale.ROOT, "%s (%.0f %%)", classes.get(answer.indexOf(share)), 100 * share);
  }
}
