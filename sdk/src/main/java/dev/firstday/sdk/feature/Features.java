package dev.firstday.sdk.feature;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.Columns;
import dev.firstday.sdk.data.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How rows become the network's inputs: the encoders side by side. Fitted at training, stored in
 * the artefact, used at serving.
 *
 * @param encoders one a column, in the order of the network's inputs
 */
public record Features(List<Encoder> encoders) {
  public Features {
    encoders = List.copyOf(encoders);
  }

  /**
   * Learns from the training split what the declared features leave open: mean and deviation,
   * vocabulary, whether values are missing.
   *
   * @throws RunFailure when a feature does not fit its column, or a numeric column holds NaN or
   *     infinity; the message names column, row and cure
   */
  public static Features fit(List<Feature> declared, Columns training) {
    return new Features(FeatureFitting.fit(declared, training));
  }

  /** Inputs of the network in all. */
  public int width() {
    return encoders.stream().mapToInt(Encoder::width).sum();
  }

  /** What each input means, in order. */
  public List<String> inputs() {
    return encoders.stream().flatMap(encoder -> encoder.inputs().stream()).toList();
  }

  /** The columns a row has, in order. */
  public List<InputColumn> columns() {
    return encoders.stream()
        .map(encoder -> new InputColumn(encoder.column(), encoder.type()))
        .toList();
  }

  /**
   * Encodes a row as a user sends it.
   *
   * @param row a JSON value for each column; null where it is missing
   * @return {@link #width} inputs
   * @throws InvalidValueException when a column is unknown or not given, or a value is not of its
   *     type
   */
  public float[] encode(Map<String, ?> row) {
    checkColumns(row.keySet());
    float[] inputs = new float[width()];
    int offset = 0;
    for (Encoder encoder : encoders) {
      Object given = row.get(encoder.column());
      encoder.encode(Values.fromJson(encoder.column(), encoder.type(), given), inputs, offset);
      offset += encoder.width();
    }
    return inputs;
  }

  /** A row of the table as a user would send it: what {@link #encode} takes. */
  public Map<String, Object> row(Table table, int row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Encoder encoder : encoders) {
      Object value = Cells.value(table.column(encoder.column()), row);
      values.put(encoder.column(), Values.toJson(encoder.type(), value));
    }
    return values;
  }

  private void checkColumns(Set<String> given) {
    Set<String> expected =
        encoders.stream().map(Encoder::column).collect(Collectors.toCollection(TreeSet::new));
    for (String column : given) {
      if (!expected.contains(column)) {
        throw new InvalidValueException(
            "column %s is unknown; the model takes %s".formatted(column, join(expected)));
      }
    }
    expected.removeAll(given);
    if (!expected.isEmpty()) {
      throw new InvalidValueException(
          "no value for %s; send null where a value is missing".formatted(join(expected)));
    }
  }

  private static String join(Set<String> names) {
    return String.join(", ", names);
  }

  /** A column that a row has. */
  public record InputColumn(String name, DatasetSpec.Type type) {}
}
