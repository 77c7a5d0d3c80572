package dev.firstday.sdk.model;

import dev.firstday.api.ClassWeights;
import dev.firstday.contract.Names;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import java.util.Arrays;
import java.util.List;

/** How much each row counts in the loss. */
public final class RowWeights {
  private RowWeights() {}

  /**
   * A weight for each class, by the number that stands for it in the labels.
   *
   * @param declared null: all rows count alike
   * @param labels of the training split
   * @return empty when all rows count alike
   * @throws RunFailure when the label has not the classes that the weights name
   */
  public static float[] byClass(ClassWeights declared, Task task, double[] labels) {
    if (declared == null) {
      return new float[0];
    }
    List<String> classes = classes(task);
    return declared.weights() == null
        ? balanced(classes.size(), labels)
        : named(declared, task, classes);
  }

  private static List<String> classes(Task task) {
    if (task instanceof Task.Classes several) {
      return several.classes();
    }
    if (task instanceof Task.Binary) {
      return List.of("false", "true");
    }
    // the operator asked, and the run did so again
    throw new IllegalArgumentException("no classes that a row has one of: " + task);
  }

  /** King and Zeng 2001: as if all classes had the same number of rows; the mean weight is 1. */
  private static float[] balanced(int classes, double[] labels) {
    int[] counts = new int[classes];
    for (double label : labels) {
      counts[(int) label]++;
    }
    float[] weights = new float[classes];
    for (int i = 0; i < classes; i++) {
      weights[i] = (float) ((double) labels.length / classes / counts[i]);
    }
    return weights;
  }

  private static float[] named(ClassWeights declared, Task task, List<String> classes) {
    float[] weights = new float[classes.size()];
    Arrays.fill(weights, 1);
    declared
        .weights()
        .forEach(
            (name, weight) -> {
              int place = classes.indexOf(name);
              if (place < 0) {
                throw invalid(
                    "the label %s is never '%s'%s in training; it is %s"
                        .formatted(
                            task.label(), name, Names.hint(name, classes), Names.list(classes)));
              }
              if (!(weight > 0) || Double.isInfinite(weight)) {
                throw invalid(
                    "the weight of class '%s' is %s, and must be greater than 0"
                        .formatted(name, weight));
              }
              weights[place] = weight.floatValue();
            });
    return weights;
  }

  private static RunFailure invalid(String message) {
    return new RunFailure("ClassWeightsInvalid", "spec.classWeights: " + message, Cure.FIX_SPEC);
  }
}
