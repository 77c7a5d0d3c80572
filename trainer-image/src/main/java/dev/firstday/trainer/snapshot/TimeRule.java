package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.trainer.sql.Sql;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * The split by time: train, validation and test follow each other, with gaps between them where the
 * spec says so.
 */
final class TimeRule {
  private TimeRule() {}

  /**
   * @throws dev.firstday.sdk.RunFailure InvalidSplit, when the column is no time, or bounds are in
   *     the wrong order
   */
  static SplitRule of(DatasetSpec.TimeSplit time, List<DatasetSpec.Column> columns) {
    DatasetSpec.Column column = SplitRule.column(time.column(), "spec.split.time.column", columns);
    if (column.type() != DatasetSpec.Type.DATE && column.type() != DatasetSpec.Type.TIMESTAMP) {
      throw SnapshotFailures.invalidSplit(
          "spec.split.time.column: "
              + time.column()
              + " is declared as "
              + column.type()
              + "; a split by time needs a DATE or a TIMESTAMP");
    }
    Bounds bounds = Bounds.of(time);
    String value = "CAST(" + Sql.name(time.column()) + " AS TIMESTAMP)";
    String validation =
        " WHEN "
            + within(value, bounds.validateFrom(), bounds.validateUntil())
            + " THEN 'validation'";
    String test =
        bounds.testFrom() == null
            ? ""
            : " WHEN " + within(value, bounds.testFrom(), bounds.testUntil()) + " THEN 'test'";
    return new SplitRule(
        "CASE WHEN %s < %s THEN 'train'%s%s END"
            .formatted(value, timestamp(bounds.trainUntil()), validation, test),
        Optional.of(missing(column)),
        bounds.testFrom() == null ? SplitRule.Test.NONE : SplitRule.Test.REQUIRED);
  }

  private static ColumnRules.Rule missing(DatasetSpec.Column column) {
    String name = Sql.name(column.name());
    return new ColumnRules.Rule(
        name + " IS NULL",
        name,
        "column "
            + column.name()
            + " divides the rows by time and is missing in %s: leave these rows out in the"
            + " transform, or correct the files");
  }

  private static String within(String value, LocalDateTime from, LocalDateTime until) {
    String end = until == null ? "" : " AND " + value + " < " + timestamp(until);
    return value + " >= " + timestamp(from) + end;
  }

  private static String timestamp(LocalDateTime time) {
    return "TIMESTAMP " + Sql.text(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time));
  }

  /** In order; the ends of validation and test may be null, and so may all of the test. */
  private record Bounds(
      LocalDateTime trainUntil,
      LocalDateTime validateFrom,
      LocalDateTime validateUntil,
      LocalDateTime testFrom,
      LocalDateTime testUntil) {

    static Bounds of(DatasetSpec.TimeSplit time) {
      LocalDateTime trainUntil = time("trainUntil", time.trainUntil());
      LocalDateTime validateFrom = time("validateFrom", time.validateFrom());
      LocalDateTime from = validateFrom == null ? trainUntil : validateFrom;
      LocalDateTime until = time("validateUntil", time.validateUntil());
      LocalDateTime testFrom = time("testFrom", time.testFrom());
      LocalDateTime testUntil = time("testUntil", time.testUntil());
      if (from.isBefore(trainUntil)) {
        throw wrong("validateFrom is before trainUntil, so rows would be in both splits");
      }
      if (until != null && !until.isAfter(from)) {
        throw wrong("validateUntil is not after validateFrom, so nothing would validate");
      }
      if (testFrom != null && until == null) {
        throw wrong("testFrom needs validateUntil: validation ends before the test begins");
      }
      if (testFrom != null && testFrom.isBefore(until)) {
        throw wrong("testFrom is before validateUntil, so rows would be in both splits");
      }
      if (testUntil != null && testFrom == null) {
        throw wrong("testUntil needs testFrom");
      }
      if (testUntil != null && !testUntil.isAfter(testFrom)) {
        throw wrong("testUntil is not after testFrom, so nothing would be tested");
      }
      return new Bounds(trainUntil, from, until, testFrom, testUntil);
    }

    private static LocalDateTime time(String field, String text) {
      if (text == null) {
        return null;
      }
      String local = text.replace(' ', 'T').replace("Z", "");
      try {
        return local.contains("T")
            ? LocalDateTime.parse(local)
            : LocalDate.parse(local).atStartOfDay();
      } catch (DateTimeParseException e) {
        throw wrong(field, text, e);
      }
    }

    private static RuntimeException wrong(String field, String text, DateTimeParseException e) {
      return SnapshotFailures.invalidSplit(
          "spec.split.time." + field + ": '" + text + "' is no time: " + e.getMessage());
    }

    private static RuntimeException wrong(String why) {
      return SnapshotFailures.invalidSplit("spec.split.time: " + why);
    }
  }
}
