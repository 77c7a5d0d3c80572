package dev.firstday.sdk.feature;

import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.TrainingJobSpec.Encoding;
import dev.firstday.contract.FeatureRules;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.Columns;
import dev.firstday.sdk.data.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Fits declared features to the training split. */
final class FeatureFitting {
  /** More would make a network of weights that a handful of rows each has to teach. */
  static final int MAX_VOCABULARY = 10_000;

  private FeatureFitting() {}

  static List<Encoder> fit(List<Feature> declared, Columns training) {
    if (declared.isEmpty()) {
      throw invalid("the model has no features; it needs at least one");
    }
    Set<String> seen = new HashSet<>();
    List<Encoder> encoders = new ArrayList<>();
    for (Feature feature : declared) {
      if (!seen.add(feature.column())) {
        throw invalid("column %s is a feature twice; name it once".formatted(feature.column()));
      }
      encoders.add(fit(feature, column(feature, training), training.rows()));
    }
    return encoders;
  }

  private static Table.Column column(Feature feature, Columns training) {
    try {
      return training.column(feature.column());
    } catch (IllegalArgumentException e) {
      throw invalid("feature: " + e.getMessage());
    }
  }

  private static Encoder fit(Feature feature, Table.Column vector, int rows) {
    String column = feature.column();
    Type type = vector.type();
    if (feature instanceof Feature.Numeric) {
      require(column, type, "numeric", Encoding.NUMERIC);
      return numeric(vector, rows);
    }
    if (feature instanceof Feature.Step) {
      require(column, type, "step of a sequence", Encoding.NUMERIC);
      NumericEncoder numeric = numeric(vector, rows);
      return new NumericEncoder(column, type, numeric.mean(), numeric.deviation(), false);
    }
    if (feature instanceof Feature.Categorical categorical) {
      require(column, type, "categorical", Encoding.CATEGORICAL);
      return categorical(vector, rows, categorical.minCount());
    }
    if (feature instanceof Feature.Cyclic cyclic) {
      require(column, type, "cyclic", Encoding.CYCLIC);
      return new CyclicEncoder(column, type, cyclic.period(), hasMissing(vector));
    }
    require(column, type, "time", Encoding.TIME);
    return new TimeEncoder(column, type, hasMissing(vector));
  }

  private static void require(String column, Type type, String name, Encoding encoding) {
    Set<Type> allowed = FeatureRules.types(encoding);
    if (!allowed.contains(type)) {
      throw invalid(
          "column %s is %s and cannot be encoded as %s, which takes %s"
              .formatted(column, type, name, allowed));
    }
  }

  private static RunFailure invalid(String message) {
    return new RunFailure("FeatureInvalid", message, Cure.FIX_SPEC);
  }

  private static boolean hasMissing(Table.Column vector) {
    return !vector.missing().isEmpty();
  }

  /** Mean and deviation by Welford's method: sums of squares would lose what large values share. */
  private static NumericEncoder numeric(Table.Column vector, int rows) {
    String column = vector.name();
    long count = 0;
    double mean = 0;
    double squares = 0;
    for (int row = 0; row < rows; row++) {
      Object value = Cells.value(vector, row);
      if (value != null) {
        double number = finite(column, value, row);
        double delta = number - mean;
        mean += delta / ++count;
        squares += delta * (number - mean);
      }
    }
    double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
    boolean constant = deviation <= Math.abs(mean) * 1e-12;
    return new NumericEncoder(column, vector.type(), mean, constant ? 0 : deviation, count < rows);
  }

  private static double finite(String column, Object value, int row) {
    try {
      return Numbers.finite(column, value);
    } catch (InvalidValueException e) {
      throw EncodedRows.unusable(e, row);
    }
  }

  private static Encoder categorical(Table.Column vector, int rows, int minCount) {
    Map<String, Integer> counts = new TreeMap<>();
    boolean missing = false;
    for (int row = 0; row < rows; row++) {
      Object value = Cells.value(vector, row);
      if (value == null) {
        missing = true;
      } else {
        counts.merge(value.toString(), 1, Integer::sum);
      }
    }
    List<String> vocabulary =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() >= minCount)
            .map(Map.Entry::getKey)
            .toList();
    if (vocabulary.size() > MAX_VOCABULARY) {
      throw invalid(
          "column %s has %,d values and %,d is the most that become inputs; set minCount, or encoding: none"
              .formatted(vector.name(), vocabulary.size(), MAX_VOCABULARY));
    }
    return new CategoricalEncoder(
        vector.name(), vector.type(), vocabulary, vocabulary.size() < counts.size(), missing);
  }
}
