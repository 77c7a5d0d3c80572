package dev.firstday.trainer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.ColumnSplit;
import dev.firstday.api.DatasetSpec.HashSplit;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Split;
import dev.firstday.api.DatasetSpec.TimeSplit;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitRuleTest {
  private static final List<DatasetSpec.Column> COLUMNS =
      List.of(
          Runs.column("k", Type.BIGINT, Role.KEY),
          Runs.column("l", Type.VARCHAR, Role.KEY),
          Runs.column("t", Type.TIMESTAMP, Role.EVENT_TIME));

  @Test
  void dividesByMd5AsAnyEngineWould() throws NoSuchAlgorithmException {
    SplitRule rule =
        SplitRule.of(
            new Split(new HashSplit(List.of("k", "l"), "s'alt", 30, 20), null, null), COLUMNS);
    try (Database database = Database.open()) {
      List<List<Object>> rows =
          database.query(
              "SELECT k, l, "
                  + rule.expression()
                  + " FROM (SELECT range AS k, CASE WHEN range % 7 > 0 THEN 'x' || range END AS l"
                  + " FROM range(1000))");

      int validation = 0;
      int test = 0;
      for (List<Object> row : rows) {
        String text = row.get(0) + "\u001f" + (row.get(1) == null ? "" : row.get(1)) + "s'alt";
        byte[] md5 = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        int bucket =
            new BigInteger(1, Arrays.copyOf(md5, 4)).mod(BigInteger.valueOf(100)).intValue();
        assertThat(row.get(2))
            .isEqualTo(bucket < 30 ? "validation" : bucket < 50 ? "test" : "train");
        validation += bucket < 30 ? 1 : 0;
        test += bucket >= 30 && bucket < 50 ? 1 : 0;
      }
      assertThat(validation).isBetween(250, 350);
      assertThat(test).isBetween(150, 250);
      assertThat(rule.test()).isEqualTo(SplitRule.Test.REQUIRED);
    }
  }

  @Test
  void dividesByTimeInUtc() {
    SplitRule rule =
        SplitRule.of(
            new Split(
                null,
                new TimeSplit(
                    "t", "2013-10-01", "2013-10-02T12:00:00Z", "2013-10-03 00:00:00", null, null),
                null),
            COLUMNS);

    assertThat(rule.required())
        .hasValueSatisfying(required -> assertThat(required.broken()).isEqualTo("\"t\" IS NULL"));
    assertThat(rule.test()).isEqualTo(SplitRule.Test.NONE);
    assertThat(rule.expression())
        .isEqualTo(
            "CASE WHEN CAST(\"t\" AS TIMESTAMP) < TIMESTAMP '2013-10-01T00:00:00' THEN 'train' WHEN"
                + " CAST(\"t\" AS TIMESTAMP) >= TIMESTAMP '2013-10-02T12:00:00' AND CAST(\"t\" AS"
                + " TIMESTAMP) < TIMESTAMP '2013-10-03T00:00:00' THEN 'validation' END");
  }

  @Test
  void leavesNoGapUnlessAsked() {
    SplitRule rule = SplitRule.of(Runs.byTime("t", "2013-10-01"), COLUMNS);

    assertThat(rule.expression())
        .isEqualTo(
            "CASE WHEN CAST(\"t\" AS TIMESTAMP) < TIMESTAMP '2013-10-01T00:00:00' THEN 'train' WHEN"
                + " CAST(\"t\" AS TIMESTAMP) >= TIMESTAMP '2013-10-01T00:00:00' THEN 'validation'"
                + " END");
  }

  @ParameterizedTest
  @CsvSource({
    "2013-09-30 23:59:59, train",
    "2013-10-01 00:00:00,",
    "2013-10-02 00:00:00, validation",
    "2013-10-03 00:00:00,",
    "2013-10-04 00:00:00, test",
    "2013-10-05 00:00:00,",
  })
  void testsOnWhatComesAfterValidation(String time, String split) {
    SplitRule rule =
        SplitRule.of(
            new Split(
                null,
                new TimeSplit(
                    "t", "2013-10-01", "2013-10-02", "2013-10-03", "2013-10-04", "2013-10-05"),
                null),
            COLUMNS);

    assertThat(only(rule, "SELECT TIMESTAMP '" + time + "' AS t")).isEqualTo(split);
    assertThat(rule.test()).isEqualTo(SplitRule.Test.REQUIRED);
  }

  @ParameterizedTest
  @CsvSource({
    "1, train, false",
    "0, validation, false",
    "test, test, false",
    ", , false",
    "train, , true",
  })
  void dividesByTheValuesOfAColumn(String text, String split, boolean wrong) {
    String value = text == null ? "NULL" : Sql.text(text);
    SplitRule rule =
        SplitRule.of(new Split(null, null, new ColumnSplit("l", "1", "0", null)), COLUMNS);

    assertThat(only(rule, "SELECT " + value + " AS l")).isEqualTo(split);
    assertThat(rule.test()).isEqualTo(SplitRule.Test.IF_ANY);
    try (Database database = Database.open()) {
      assertThat(
              database.queryRow(
                  "SELECT coalesce("
                      + rule.required().orElseThrow().broken()
                      + ", false) FROM (SELECT "
                      + value
                      + " AS l)"))
          .containsExactly(wrong);
    }
  }

  @Test
  void requiresTheTestSplitThatAColumnNames() {
    SplitRule rule =
        SplitRule.of(new Split(null, null, new ColumnSplit("k", "1", "2", "3")), COLUMNS);

    assertThat(only(rule, "SELECT 3 AS k")).isEqualTo("test");
    assertThat(rule.test()).isEqualTo(SplitRule.Test.REQUIRED);
  }

  private static Object only(SplitRule rule, String row) {
    try (Database database = Database.open()) {
      return database.queryRow("SELECT " + rule.expression() + " FROM (" + row + ")").get(0);
    }
  }
}
