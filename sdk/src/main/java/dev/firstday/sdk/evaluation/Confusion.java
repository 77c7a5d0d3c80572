package dev.firstday.sdk.evaluation;

import dev.firstday.sdk.model.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which class was taken for which.
 *
 * @param classes as text; of many, the most frequent, and the rest together as the last one
 * @param rows for each true class how many rows were answered with each class
 */
public record Confusion(List<String> classes, int[][] rows) {
  /** What stands for all classes that are not listed. */
  public static final String OTHERS = "(others)";

  private static final int MOST_CLASSES = 30;

  /** For yes and no, yes is what has a probability of at least a half. */
  static Confusion of(Task.Binary task, double[][] answers, double[] labels) {
    Confusion confusion = new Confusion(List.of("false", "true"), new int[2][2]);
    for (int row = 0; row < labels.length; row++) {
      confusion.rows[(int) labels[row]][answers[row][0] >= 0.5 ? 1 : 0]++;
    }
    return confusion;
  }

  static Confusion of(Task.Classes task, double[][] answers, double[] labels) {
    int[] counts = new int[task.outputs()];
    for (double label : labels) {
      counts[(int) label]++;
    }
    boolean all = task.outputs() <= MOST_CLASSES;
    int listed = all ? task.outputs() : MOST_CLASSES;
    int[] kept =
        IntStream.range(0, task.outputs())
            .boxed()
            .sorted(Comparator.comparing(place -> all ? 0 : -counts[place]))
            .limit(listed)
            .mapToInt(Integer::intValue)
            .toArray();
    int[] places = new int[task.outputs()];
    Arrays.fill(places, listed);
    List<String> classes = new ArrayList<>();
    for (int place : kept) {
      places[place] = classes.size();
      classes.add(task.classes().get(place));
    }
    if (!all) {
      classes.add(OTHERS);
    }
    int[][] rows = new int[classes.size()][classes.size()];
    for (int row = 0; row < labels.length; row++) {
      rows[places[(int) labels[row]]][places[Metrics.greatest(answers[row])]]++;
    }
    return new Confusion(classes, rows);
  }
}
