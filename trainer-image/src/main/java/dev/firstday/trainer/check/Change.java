package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck.Against;
import dev.firstday.api.DatasetCheck.Unit;
import java.util.List;

/**
 * By how much a number differs from that of an earlier version.
 *
 * @param columns that the number is of
 * @param percent of the earlier number, instead of the difference itself
 */
record Change(Gauge gauge, List<String> columns, Against against, boolean percent)
    implements Measure {

  @Override
  public Step inquire(Subject subject) {
    return Versions.with(
        subject,
        against,
        columns,
        reference ->
            Inquiry.both(
                gauge.of(subject.table(), subject.now()),
                gauge.of(reference.table(), subject.now()),
                (now, before) -> compare(now, before, reference)));
  }

  @Override
  public Unit unit() {
    return percent ? Unit.PERCENT : gauge.unit();
  }

  private Reading compare(Reading now, Reading before, Subject.Reference reference) {
    if (now.value() == null) {
      return now;
    }
    if (before.value() == null) {
      return Reading.skipped(Versions.in(reference) + " has no value to compare with");
    }
    double difference = now.value() - before.value();
    Reading change = now.observing(now.value()).noting(Versions.against(reference));
    if (!percent) {
      return change.measuring(difference);
    }
    if (before.value() == 0 && difference != 0) {
      return change
          .beyondMeasure(difference * Double.POSITIVE_INFINITY)
          .noting(Versions.against(reference) + ", where it was 0");
    }
    return change.measuring(difference == 0 ? 0 : 100 * difference / Math.abs(before.value()));
  }
}
