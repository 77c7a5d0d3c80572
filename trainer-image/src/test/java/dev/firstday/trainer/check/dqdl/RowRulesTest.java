package dev.firstday.trainer.check.dqdl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.trainer.sql.Database;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules on rows count, in DuckDB, on rows that show each turn of the language. */
class RowRulesTest {
  private static Database database;

  @BeforeAll
  static void fill() {
    database = Database.open();
    database.execute(
        "CREATE TABLE rows AS SELECT * FROM (VALUES (1, 'a', now() - INTERVAL 1 HOUR),"
            + " (2, 'it''s', now() - INTERVAL 2 DAY), (3, '', TIMESTAMPTZ '2024-01-01 00:00:00Z'),"
            + " (4, '  ', NULL), (NULL, NULL, NULL)) t(\"the n\", s, d)");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  /** Of five rows; a missing value fails unless the rule lists it or only forbids. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      ColumnValues "the n" > 2                   | 3
      ColumnValues "the n" < 2                   | 4
      ColumnValues "the n" between 1 and 4       | 3
      ColumnValues "the n" not between 2 and 3   | 1
      ColumnValues "the n" in [1, 2]             | 3
      ColumnValues "the n" in [1, NULL]          | 3
      ColumnValues "the n" not in [1, 2]         | 2
      ColumnValues "the n" not in [1, NULL]      | 2
      ColumnValues "the n" = 3                   | 4
      ColumnValues "the n" != 3                  | 1
      ColumnValues "the n" = NULL                | 4
      ColumnValues "the n" != NULL               | 1
      ColumnValues "s" != "a"                    | 1
      ColumnValues "s" not in ["a", "it's"]      | 2
      ColumnValues "s" != EMPTY                  | 1
      ColumnValues "s" in ["a", EMPTY, WHITESPACES_ONLY] | 2
      ColumnValues "s" not matches "[a-z]"       | 2
      ColumnValues "d" > (now() - 3 hours)       | 4
      ColumnValues "d" <= (now() - 1 days)       | 3
      ColumnValues "d" < now()                   | 2
      ColumnValues "d" >= "2024-01-01"           | 2
      ColumnValues "d" > "2024-01-01"            | 3
      ColumnLength "s" != 1                      | 1
      ColumnLength "s" not between 0 and 4       | 2
      DataFreshness "d" <= 24 hours              | 4
      DataFreshness "d" between 1 days and 3 days | 4
      DataFreshness "d" > 30 minutes             | 2
      """)
  void countsRowsForWhichItIsNotTrue(String rule, int failing) {
    DatasetCheck check = only(rule);

    assertThat(check.mustBe()).isZero();
    assertThat(value(check)).isEqualTo(failing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      ColumnValues "the n" > 2 with threshold > 0.3      | 0.4
      ColumnValues "s" matches "[a-z']+" with threshold > 0.3 | 0.4
      ColumnValues "s" in ["a", NULL] with threshold > 0.3 | 0.4
      Uniqueness "s" > 0.3                               | 1
      UniqueValueRatio "the n" > 0.3                     | 1
      """)
  void givesTheShareOfRowsThatAThresholdIsFor(String rule, double share) {
    DatasetCheck check = only(rule);

    assertThat(check.mustBeGreaterThan()).isEqualTo(0.3);
    assertThat(value(check)).isEqualTo(share);
  }

  @Test
  void tellsUniqueRowsFromUniqueValues() {
    database.execute("CREATE TABLE twice AS SELECT unnest([1, 1, 2, NULL]) AS x");

    assertThat(value(only("Uniqueness \"x\" > 0.3"), "twice")).isEqualTo(1.0 / 3);
    assertThat(value(only("UniqueValueRatio \"x\" > 0.3"), "twice")).isEqualTo(0.5);
  }

  private static DatasetCheck only(String rule) {
    List<DatasetCheck> checks = Dqdl.parse("Rules = [ " + rule + " ]");
    assertThat(checks).hasSize(1);
    assertThat(checks.get(0).metric()).isEqualTo(Metric.SQL);
    return checks.get(0);
  }

  private static double value(DatasetCheck check) {
    return value(check, "rows");
  }

  private static double value(DatasetCheck check, String table) {
    Object value = database.queryRow(check.query().replace("{object}", table)).get(0);
    return ((Number) value).doubleValue();
  }
}
