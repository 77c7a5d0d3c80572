package dev.firstday.sdk.feature;

import dev.firstday.api.DatasetSpec;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Time of day (of a TIMESTAMP only), of week and of year, each as sine and cosine. All are 0 where
 * the value is missing; a last input tells of it if training had missing values.
 */
public record TimeEncoder(String column, DatasetSpec.Type type, boolean missingInput)
    implements Encoder {
  private static final double NANOS_PER_DAY = LocalTime.MAX.toNanoOfDay() + 1.0;

  @Override
  public List<String> inputs() {
    List<String> names = new ArrayList<>();
    if (hasTimeOfDay()) {
      names.addAll(List.of(column + ".day.sin", column + ".day.cos"));
    }
    names.addAll(
        List.of(
            column + ".week.sin",
            column + ".week.cos",
            column + ".year.sin",
            column + ".year.cos"));
    if (missingInput) {
      names.add(column + ".missing");
    }
    return names;
  }

  @Override
  public int width() {
    return (hasTimeOfDay() ? 6 : 4) + (missingInput ? 1 : 0);
  }

  @Override
  public void encode(Object value, float[] target, int offset) {
    if (value instanceof LocalDateTime time) {
      double day = time.toLocalTime().toNanoOfDay() / NANOS_PER_DAY;
      int at = offset;
      if (hasTimeOfDay()) {
        CyclicEncoder.circle(day, target, at);
        at += 2;
      }
      CyclicEncoder.circle((time.getDayOfWeek().getValue() - 1 + day) / 7, target, at);
      int daysOfYear = time.toLocalDate().lengthOfYear();
      CyclicEncoder.circle((time.getDayOfYear() - 1 + day) / daysOfYear, target, at + 2);
    } else if (missingInput) {
      target[offset + width() - 1] = 1;
    }
  }

  private boolean hasTimeOfDay() {
    return type == DatasetSpec.Type.TIMESTAMP;
  }
}
