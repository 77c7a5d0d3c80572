package dev.firstday.trainer.check;

import dev.firstday.api.DatasetSpec.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The same of each of several labels: what is told is the greatest value, and whose it is. */
record OfEachLabel(List<String> labels, List<Measure> each) implements Measure {
  /** Of one label it is that label's measure. */
  static Measure of(List<Column> labels, Function<Column, Measure> measure) {
    List<Measure> each = labels.stream().map(measure).toList();
    return each.size() == 1
        ? each.get(0)
        : new OfEachLabel(labels.stream().map(Column::name).toList(), each);
  }

  @Override
  public Step inquire(Subject subject) {
    return Inquiry.all(
        each.stream().map(measure -> measure.inquire(subject)).toList(), this::greatest);
  }

  /** One that has nothing to measure is wrong, one that has nothing to compare with is not. */
  private Reading greatest(List<Reading> readings) {
    List<Reading> named = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      Reading reading = readings.get(i);
      named.add(reading.noting("label " + labels.get(i) + ": " + reading.note()));
    }
    return named.stream()
        .filter(reading -> !reading.skipped())
        .max(Comparator.comparingDouble(OfEachLabel::excess))
        .orElseGet(() -> named.get(0));
  }

  private static double excess(Reading reading) {
    if (reading.value() == null) {
      return Double.POSITIVE_INFINITY;
    }
    return reading.value() - (reading.allowance() == null ? 0 : reading.allowance());
  }
}
