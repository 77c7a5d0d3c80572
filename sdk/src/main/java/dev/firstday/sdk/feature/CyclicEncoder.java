package dev.firstday.sdk.feature;

import dev.firstday.api.DatasetSpec;
import java.util.List;

/**
 * Sine and cosine of the value's part of a period, so that 23 o'clock lies next to 0. Both are 0
 * where the value is missing; a third input tells of it if training had missing values.
 *
 * @param period the value that is the same as 0
 */
public record CyclicEncoder(
    String column, DatasetSpec.Type type, double period, boolean missingInput) implements Encoder {
  @Override
  public List<String> inputs() {
    return missingInput
        ? List.of(column + ".sin", column + ".cos", column + ".missing")
        : List.of(column + ".sin", column + ".cos");
  }

  @Override
  public int width() {
    return missingInput ? 3 : 2;
  }

  @Override
  public void encode(Object value, float[] target, int offset) {
    if (value != null) {
      circle(Numbers.finite(column, value) / period, target, offset);
    } else if (missingInput) {
      target[offset + 2] = 1;
    }
  }

  /** Writes sine and cosine of so many turns. */
  static void circle(double turns, float[] target, int offset) {
    double angle = 2 * Math.PI * (turns - Math.floor(turns));
    target[offset] = (float) StrictMath.sin(angle);
    target[offset + 1] = (float) StrictMath.cos(angle);
  }
}
