package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.Names;
import dev.firstday.sdk.RunFailure;
import dev.firstday.trainer.sql.Sql;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which split a row belongs to, as SQL.
 *
 * @param expression 'train', 'validation', or NULL for a row that neither has
 * @param timeColumn the column that must not be missing, or empty
 */
record SplitRule(String expression, String timeColumn) {
  static final String TRAIN = "train";
  static final String VALIDATION = "validation";

  /**
   * The rule of a split.
   *
   * @throws RunFailure InvalidSplit, when it names no column, or bounds in the wrong order
   */
  static SplitRule of(DatasetSpec.Split split, List<DatasetSpec.Column> columns) {
    return split.hash() != null ? byHash(split.hash(), columns) : byTime(split.time(), columns);
  }

  /**
   * The first eight hex digits of md5(key + salt), as a number modulo 100. The key is the columns'
   * values as text, with the character 31 between them.
   */
  private static SplitRule byHash(DatasetSpec.HashSplit hash, List<DatasetSpec.Column> columns) {
    hash.columns().forEach(name -> column(name, "spec.split.hash.columns", columns));
    String key =
        hash.columns().stream()
            .map(name -> "coalesce(CAST(" + Sql.name(name) + " AS VARCHAR), '')")
            .collect(Collectors.joining(" || chr(31) || "));
    String salt = hash.salt() == null ? "" : hash.salt();
    String bucket =
        "CAST('0x' || left(md5(" + key + " || " + Sql.text(salt) + "), 8) AS UBIGINT) % 100";
    return new SplitRule(
        "CASE WHEN "
            + bucket
            + " < "
            + hash.validationPercent()
            + " THEN 'validation' ELSE 'train' END",
        "");
  }

  private static SplitRule byTime(DatasetSpec.TimeSplit time, List<DatasetSpec.Column> columns) {
    DatasetSpec.Column column = column(time.column(), "spec.split.time.column", columns);
    if (column.type() != DatasetSpec.Type.DATE && column.type() != DatasetSpec.Type.TIMESTAMP) {
      throw SnapshotFailures.invalidSplit(
          "spec.split.time.column: "
              + time.column()
              + " is declared as "
              + column.type()
              + "; a split by time needs a DATE or a TIMESTAMP");
    }
    LocalDateTime trainUntil = time("trainUntil", time.trainUntil());
    LocalDateTime from =
        time.validateFrom() == null ? trainUntil : time("validateFrom", time.validateFrom());
    if (from.isBefore(trainUntil)) {
      throw SnapshotFailures.invalidSplit(
          "spec.split.time: validateFrom is before trainUntil, so rows would be in both splits");
    }
    String value = "CAST(" + Sql.name(time.column()) + " AS TIMESTAMP)";
    String until = "";
    if (time.validateUntil() != null) {
      LocalDateTime end = time("validateUntil", time.validateUntil());
      if (!end.isAfter(from)) {
        throw SnapshotFailures.invalidSplit(
            "spec.split.time: validateUntil is not after validateFrom, so nothing would validate");
      }
      until = " AND " + value + " < " + timestamp(end);
    }
    return new SplitRule(
        "CASE WHEN %s < %s THEN 'train' WHEN %s >= %s%s THEN 'validation' END"
            .formatted(value, timestamp(trainUntil), value, timestamp(from), until),
        time.column());
  }

  private static String timestamp(LocalDateTime time) {
    return "TIMESTAMP " + Sql.text(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time));
  }

  private static LocalDateTime time(String field, String text) {
    String local = text.replace(' ', 'T').replace("Z", "");
    try {
      return local.contains("T")
          ? LocalDateTime.parse(local)
          : LocalDate.parse(local).atStartOfDay();
    } catch (DateTimeParseException e) {
      throw SnapshotFailures.invalidSplit(
          "spec.split.time." + field + ": '" + text + "' is no time: " + e.getMessage());
    }
  }

  private static DatasetSpec.Column column(
      String name, String field, List<DatasetSpec.Column> columns) {
    List<String> names = columns.stream().map(DatasetSpec.Column::name).toList();
    return columns.stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                SnapshotFailures.invalidSplit(
                    field
                        + ": there is no column "
                        + name
                        + Names.hint(name, names)
                        + "; spec.columns has "
                        + Names.list(names)));
  }
}
