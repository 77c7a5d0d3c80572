package dev.firstday.sdk.feature;

import dev.firstday.api.DatasetSpec;
import java.util.List;

/**
 * (value - mean) / deviation. A missing value counts as the mean; a second input tells of it if
 * training had missing values. A column that was constant in training gives 0 for every value.
 *
 * @param deviation the population's standard deviation in training; 0 if the column was constant
 * @param missingInput whether there is an input that is 1 where the value is missing
 */
public record NumericEncoder(
    String column, DatasetSpec.Type type, double mean, double deviation, boolean missingInput)
    implements Encoder {
  @Override
  public List<String> inputs() {
    return missingInput ? List.of(column, column + ".missing") : List.of(column);
  }

  @Override
  public int width() {
    return missingInput ? 2 : 1;
  }

  @Override
  public void encode(Object value, float[] target, int offset) {
    if (value == null) {
      if (missingInput) {
        target[offset + 1] = 1;
      }
      return;
    }
    double number = Numbers.finite(column, value);
    if (deviation > 0) {
      float scaled = (float) ((number - mean) / deviation);
      if (!Float.isFinite(scaled)) {
        throw InvalidValueException.of(
            column, value, "near the values of training (mean %s)".formatted(mean));
      }
      target[offset] = scaled;
    }
  }
}
