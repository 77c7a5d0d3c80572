package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.Names;
import dev.firstday.sdk.RunFailure;
import dev.firstday.trainer.sql.Sql;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which split a row belongs to, as SQL.
 *
 * @param expression 'train', 'validation', 'test', or NULL for a row that none of them has
 * @param required what must hold of every row before it can be divided
 * @param test whether there is a test split
 */
record SplitRule(String expression, Optional<ColumnRules.Rule> required, Test test) {
  static final String TRAIN = "train";
  static final String VALIDATION = "validation";
  static final String TEST = "test";

  /** Whether there is a test split. */
  enum Test {
    NONE,
    /** When any row is in it. */
    IF_ANY,
    /** And no row in it is an error. */
    REQUIRED
  }

  /**
   * The rule of a split.
   *
   * @throws RunFailure InvalidSplit, when it names no column, or bounds in the wrong order
   */
  static SplitRule of(DatasetSpec.Split split, List<DatasetSpec.Column> columns) {
    if (split.hash() != null) {
      return byHash(split.hash(), columns);
    }
    return split.time() != null
        ? TimeRule.of(split.time(), columns)
        : byColumn(split.column(), columns);
  }

  /**
   * The first eight hex digits of md5(key + salt), as a number modulo 100. The key is the columns'
   * values as text, with the character 31 between them. What is tested follows what validates, so
   * that a test split which is added takes nothing from validation.
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
    int validation = hash.validationPercent();
    String test =
        hash.testPercent() == null
            ? ""
            : " WHEN %s < %d THEN 'test'".formatted(bucket, validation + hash.testPercent());
    return new SplitRule(
        "CASE WHEN %s < %d THEN 'validation'%s ELSE 'train' END"
            .formatted(bucket, validation, test),
        Optional.empty(),
        hash.testPercent() == null ? Test.NONE : Test.REQUIRED);
  }

  private static SplitRule byColumn(
      DatasetSpec.ColumnSplit split, List<DatasetSpec.Column> columns) {
    DatasetSpec.Column column = column(split.name(), "spec.split.column.name", columns);
    List<String> values =
        List.of(
            split.train() == null ? TRAIN : split.train(),
            split.validation() == null ? VALIDATION : split.validation(),
            split.test() == null ? TEST : split.test());
    if (values.stream().distinct().count() < values.size()) {
      throw SnapshotFailures.invalidSplit(
          "spec.split.column: train, validation and test are "
              + Names.list(values)
              + ": the same value cannot mean two splits");
    }
    String text = "CAST(" + ColumnRules.cast(column) + " AS VARCHAR)";
    return new SplitRule(
        "CASE %s WHEN %s THEN 'train' WHEN %s THEN 'validation' WHEN %s THEN 'test' END"
            .formatted(
                text, Sql.text(values.get(0)), Sql.text(values.get(1)), Sql.text(values.get(2))),
        Optional.of(
            new ColumnRules.Rule(
                text + " NOT IN (" + Sql.texts(values) + ")",
                text,
                "column "
                    + column.name()
                    + " names each row's split and has another value in %s, for instance '%s': it must be "
                    + Names.list(values).replace("%", "%%")
                    + ", or missing in rows to leave out; correct the files, the transform or"
                    + " spec.split.column")),
        split.test() == null ? Test.IF_ANY : Test.REQUIRED);
  }

  /** The column of that name, or a failure that names the field. */
  static DatasetSpec.Column column(String name, String field, List<DatasetSpec.Column> columns) {
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
