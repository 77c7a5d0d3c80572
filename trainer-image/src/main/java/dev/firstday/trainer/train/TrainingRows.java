package dev.firstday.trainer.train;

import dev.firstday.sdk.feature.EncodedRows;
import dev.firstday.sdk.model.Task;
import java.util.Arrays;

/**
 * A split, ready for the network.
 *
 * @param labels for each row 0 or 1, the class's index, the set of labels, or the number in its own
 *     unit
 * @param classWeights how much a row counts in the loss, by its label; empty when all count alike
 */
public record TrainingRows(Task task, EncodedRows features, double[] labels, float[] classWeights) {
  /** Rows that all count alike. */
  public TrainingRows(Task task, EncodedRows features, double[] labels) {
    this(task, features, labels, new float[0]);
  }

  /** How many. */
  public int rows() {
    return labels.length;
  }

  /** Whether rows count differently in the loss. */
  boolean isWeighted() {
    return classWeights.length > 0;
  }

  /** Writes how much the rows {@code order[from]} to {@code order[to - 1]} count. */
  void writeWeights(int[] order, int from, int to, float[] target) {
    for (int i = from; i < to; i++) {
      target[i - from] = classWeights[(int) labels[order[i]]];
    }
  }

  /**
   * Writes what the network should answer to the rows {@code order[from]} to {@code order[to - 1]}.
   */
  public void writeTargets(int[] order, int from, int to, float[] target) {
    if (task instanceof Task.Classes) {
      int classes = task.outputs();
      Arrays.fill(target, 0, (to - from) * classes, 0);
      for (int i = from; i < to; i++) {
        target[(i - from) * classes + (int) labels[order[i]]] = 1;
      }
    } else if (task instanceof Task.MultiLabel) {
      int places = task.outputs();
      for (int i = from; i < to; i++) {
        for (int place = 0; place < places; place++) {
          target[(i - from) * places + place] =
              Task.MultiLabel.has(labels[order[i]], place) ? 1 : 0;
        }
      }
    } else if (task instanceof Task.Regression regression) {
      for (int i = from; i < to; i++) {
        target[i - from] =
            (float) ((labels[order[i]] - regression.mean()) / regression.deviation());
      }
    } else {
      for (int i = from; i < to; i++) {
        target[i - from] = (float) labels[order[i]];
      }
    }
  }
}
