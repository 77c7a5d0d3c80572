package dev.firstday.sdk.model;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.Network.Loss;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.Columns;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.feature.Cells;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the label's values say: the task, and the numbers that it is learnt and measured by. */
public final class Labels {
  /** With more, a label is a name and not a class. */
  static final int MAX_CLASSES = 1000;

  private Labels() {}

  /**
   * The task that labels and loss make, fitted to the training split.
   *
   * @param labels of the data set; at least one
   * @throws RunFailure when there is nothing to learn: no row, a label that is missing somewhere,
   *     or that is the same everywhere
   */
  public static Task task(List<DatasetSpec.Column> labels, Loss loss, Columns training) {
    requireRows("training", training);
    if (labels.size() > 1) {
      Task task = new Task.MultiLabel(labels.stream().map(DatasetSpec.Column::name).toList());
      values(task, training, "training");
      return task;
    }
    Table.Column column = training.column(labels.get(0).name());
    requireComplete("training", column);
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> binary(column, training.rows());
      case CATEGORICAL_CROSS_ENTROPY -> classes(column, training.rows());
      case MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR -> regression(column, training.rows());
    };
  }

  /**
   * For each row 0 or 1, the class's index, the number, or the set of labels as a {@link
   * Task.MultiLabel} has it.
   *
   * @param split the split's name, for messages
   * @throws RunFailure when the split is empty, or a label is missing, not finite, or a class that
   *     training did not have
   */
  public static double[] values(Task task, Columns table, String split) {
    requireRows(split, table);
    if (task instanceof Task.MultiLabel several) {
      return sets(several, table, split);
    }
    Table.Column column = table.column(task.label());
    requireComplete(split, column);
    double[] values =
        task instanceof Task.Classes classes
            ? places(classes, column, table.rows(), split)
            : numbers(column, table.rows(), split);
    if (!(task instanceof Task.Classes)) {
      requireVariety(task.label(), values, split);
    }
    return values;
  }

  private static Task binary(Table.Column column, int rows) {
    requireVariety(column.name(), numbers(column, rows, "training"), "training");
    return new Task.Binary(column.name());
  }

  private static Task classes(Table.Column column, int rows) {
    Map<Comparable<?>, String> found = new TreeMap<>();
    for (int row = 0; row < rows; row++) {
      Object value = Cells.value(column, row);
      found.put((Comparable<?>) value, value.toString());
    }
    if (found.size() == 1) {
      throw constant(column.name(), found.values().iterator().next(), "training");
    }
    if (found.size() > MAX_CLASSES) {
      throw new RunFailure(
          "TooManyClasses",
          "label %s has %,d different values in training, and %,d is the most: predict something coarser, or a number"
              .formatted(column.name(), found.size(), MAX_CLASSES),
          Cure.FIX_DATA);
    }
    return new Task.Classes(column.name(), List.copyOf(found.values()));
  }

  private static Task regression(Table.Column column, int rows) {
    double[] values = numbers(column, rows, "training");
    requireVariety(column.name(), values, "training");
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum() / rows;
    return new Task.Regression(column.name(), mean, Math.sqrt(variance));
  }

  private static double[] sets(Task.MultiLabel task, Columns table, String split) {
    double[] sets = new double[table.rows()];
    for (int place = 0; place < task.outputs(); place++) {
      Table.Column column = table.column(task.labels().get(place));
      requireComplete(split, column);
      double[] values = numbers(column, table.rows(), split);
      requireVariety(column.name(), values, split);
      for (int row = 0; row < sets.length; row++) {
        sets[row] += values[row] * (1L << place);
      }
    }
    return sets;
  }

  private static double[] places(Task.Classes task, Table.Column column, int rows, String split) {
    Map<String, Integer> places = new HashMap<>();
    task.classes().forEach(name -> places.put(name, places.size()));
    double[] values = new double[rows];
    for (int row = 0; row < rows; row++) {
      String name = Cells.value(column, row).toString();
      Integer place = places.get(name);
      if (place == null) {
        throw new RunFailure(
            "LabelUnseen",
            "label %s is '%s' in row %d of the %s split and never in training: divide the rows otherwise, or filter it in the data set's transform"
                .formatted(column.name(), name, row, split),
            Cure.FIX_DATA);
      }
      values[row] = place;
    }
    return values;
  }

  private static double[] numbers(Table.Column column, int rows, String split) {
    double[] values = new double[rows];
    for (int row = 0; row < rows; row++) {
      Object value = Cells.value(column, row);
      values[row] = value instanceof Boolean yes ? (yes ? 1 : 0) : ((Number) value).doubleValue();
      if (!Double.isFinite(values[row])) {
        throw new RunFailure(
            "LabelInvalid",
            "label %s is %s in row %d of the %s split: filter such rows in the data set's transform"
                .formatted(column.name(), value, row, split),
            Cure.FIX_DATA);
      }
    }
    return values;
  }

  private static void requireRows(String split, Columns table) {
    if (table.rows() == 0) {
      throw new RunFailure(
          "SplitEmpty",
          "the %s split has no rows: change the data set's split or source".formatted(split),
          Cure.FIX_DATA);
    }
  }

  private static void requireComplete(String split, Table.Column column) {
    if (!column.missing().isEmpty()) {
      throw new RunFailure(
          "LabelMissing",
          "label %s is missing in %,d rows of the %s split: filter them in the data set's transform"
              .formatted(column.name(), column.missing().cardinality(), split),
          Cure.FIX_DATA);
    }
  }

  private static void requireVariety(String label, double[] values, String split) {
    if (Arrays.stream(values).allMatch(value -> value == values[0])) {
      throw constant(label, values[0], split);
    }
  }

  private static RunFailure constant(String label, Object value, String split) {
    return new RunFailure(
        "LabelConstant",
        "label %s is %s in every row of the %s split: nothing can be learnt or measured by it; check the data set's transform and split"
            .formatted(label, value, split),
        Cure.FIX_DATA);
  }
}
