package dev.firstday.sdk.feature;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.firstday.api.DatasetSpec;

/**
 * A column's way into the network, as its author declares it. {@link Features#fit} turns it into an
 * {@link Encoder} with what the training split shows.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "encoding")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Feature.Numeric.class, name = "numeric"),
  @JsonSubTypes.Type(value = Feature.Categorical.class, name = "categorical"),
  @JsonSubTypes.Type(value = Feature.Cyclic.class, name = "cyclic"),
  @JsonSubTypes.Type(value = Feature.Time.class, name = "time"),
  @JsonSubTypes.Type(value = Feature.Step.class, name = "step")
})
public sealed interface Feature {
  /** The data set's column. */
  String column();

  /** Scaled to mean 0 and deviation 1. */
  static Feature numeric(String column) {
    return new Numeric(column);
  }

  /** One input for each value seen in training. */
  static Feature categorical(String column) {
    return new Categorical(column, 1);
  }

  /**
   * One input for each value seen in at least {@code minCount} training rows; others are unknown.
   */
  static Feature categorical(String column, int minCount) {
    return new Categorical(column, minCount);
  }

  /** Sine and cosine of a value that is back at its start at {@code period}: 24 for hours. */
  static Feature cyclic(String column, double period) {
    return new Cyclic(column, period);
  }

  /** Time of day (not of a DATE), of week and of year, each as sine and cosine. */
  static Feature time(String column) {
    return new Time(column);
  }

  /**
   * A step of a sequence: scaled as a number, with the mean for a missing value and nothing beside
   * it, so that each step is one input.
   */
  static Feature step(String column) {
    return new Step(column);
  }

  /** The encoding that a column's type suggests. */
  static Feature byType(DatasetSpec.Column column) {
    return switch (column.type()) {
      case INTEGER, BIGINT, DOUBLE -> numeric(column.name());
      case VARCHAR, BOOLEAN -> categorical(column.name());
      case DATE, TIMESTAMP -> time(column.name());
    };
  }

  record Numeric(String column) implements Feature {}

  record Categorical(String column, int minCount) implements Feature {
    public Categorical {
      if (minCount < 1) {
        throw new IllegalArgumentException(
            "column %s: minCount is %d, and must be at least 1".formatted(column, minCount));
      }
    }
  }

  record Cyclic(String column, double period) implements Feature {
    public Cyclic {
      if (!(period > 0) || Double.isInfinite(period)) {
        throw new IllegalArgumentException(
            "column %s: period is %s, and must be greater than 0".formatted(column, period));
      }
    }
  }

  record Time(String column) implements Feature {}

  record Step(String column) implements Feature {}
}
