package dev.firstday.sdk.evaluation;

import dev.firstday.api.TrainingJobSpec.MetricName;
import java.util.List;

/**
 * How much worse the model gets without what a column tells: its values are shuffled among the
 * rows, and the model is asked again (Breiman 2001, Random Forests, section 10). Columns that tell
 * the same stand in for each other, and neither seems important then.
 *
 * @param metric the one that goes with the loss
 * @param rows of the validation split that were asked for
 * @param repeats how often each column was shuffled
 * @param columns the most important first
 */
public record Importance(MetricName metric, int rows, int repeats, List<Column> columns) {
  /**
   * @param worse by how much, in the metric's own unit, on average; below zero: the model is better
   *     without it, or as good
   * @param deviation between the shuffles
   */
  public record Column(String name, double worse, double deviation) {}
}
