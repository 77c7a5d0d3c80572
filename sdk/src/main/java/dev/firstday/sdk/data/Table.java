package dev.firstday.sdk.data;

import dev.firstday.api.DatasetSpec;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows in memory, column by column: one split of a data set.
 *
 * @param rows how many
 * @param columns each with a value, or a gap, for every row
 */
public record Table(int rows, List<ColumnVector> columns) {
  public Table {
    columns = List.copyOf(columns);
    for (ColumnVector vector : columns) {
      if (vector.size() != rows) {
        throw new IllegalArgumentException(
            "column %s has %d values, the table %d rows"
                .formatted(vector.column().name(), vector.size(), rows));
      }
    }
  }

  /**
   * The column of that name.
   *
   * @throws IllegalArgumentException when there is none; the message lists those there are
   */
  public ColumnVector column(String name) {
    return columns.stream()
        .filter(vector -> vector.column().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no column %s; there are %s".formatted(name, names(columns))));
  }

  private static String names(List<ColumnVector> columns) {
    return columns.stream()
        .map(ColumnVector::column)
        .map(DatasetSpec.Column::name)
        .collect(Collectors.joining(", "));
  }
}
