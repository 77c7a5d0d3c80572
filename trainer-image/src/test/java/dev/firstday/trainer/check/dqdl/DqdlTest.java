package dev.firstday.trainer.check.dqdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.DatasetCheck;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.RunFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DqdlTest {
  private static final JsonMapper RELAXED =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      RowCount > 100                  | {metric: 'rowCount', mustBeGreaterThan: 100}
      RowCount = 5                    | {metric: 'rowCount', mustBe: 5}
      RowCount != 5                   | {metric: 'rowCount', mustNotBe: 5}
      RowCount in [7]                 | {metric: 'rowCount', mustBe: 7}
      RowCount >= (3 + 4) * 2         | {metric: 'rowCount', mustBeGreaterOrEqualTo: 14}
      RowCount <= 10 / 4 where "a > 1"| {metric: 'rowCount', mustBeLessOrEqualTo: 2.5, where: 'a > 1'}
      IsComplete "a"                  | {metric: 'nullValues', column: 'a', mustBe: 0}
      Completeness "a" > 0.95         | {metric: 'nullValues', column: 'a', unit: 'percent', mustBeLessThan: 5}
      Completeness "a" >= 0.9         | {metric: 'nullValues', column: 'a', unit: 'percent', mustBeLessOrEqualTo: 10}
      Completeness "a" < 0.3          | {metric: 'nullValues', column: 'a', unit: 'percent', mustBeGreaterThan: 70}
      Completeness "a" = 1            | {metric: 'nullValues', column: 'a', unit: 'percent', mustBe: 0}
      IsUnique a                      | {metric: 'duplicateValues', column: 'a', mustBe: 0}
      Mean "a" < -1.5                 | {metric: 'mean', column: 'a', mustBeLessThan: -1.5}
      Sum "a" > 0                     | {metric: 'sum', column: 'a', mustBeGreaterThan: 0}
      StandardDeviation "a" <= 3      | {metric: 'stddev', column: 'a', mustBeLessOrEqualTo: 3}
      Entropy "a" > 1                 | {metric: 'entropy', column: 'a', mustBeGreaterThan: 1}
      DistinctValuesCount "a" >= 3    | {metric: 'distinctCount', column: 'a', mustBeGreaterOrEqualTo: 3}
      ColumnCorrelation "a" "b" < 0.5 | {metric: 'correlation', columns: ['a', 'b'], mustBeLessThan: 0.5}
      ColumnExists "a"                | {metric: 'nullValues', column: 'a', mustBeGreaterOrEqualTo: 0}
      DetectAnomalies "RowCount"      | {metric: 'anomaly', arguments: {of: 'rowCount'}}
      DetectAnomalies "Mean" "a"      | {metric: 'anomaly', column: 'a', arguments: {of: 'mean'}}
      CustomSql "select count(*) from primary where a < 0" = 0 | {metric: 'sql', query: 'select count(*) from {object} where a < 0', mustBe: 0}
      ReferentialIntegrity "a,b" "other.{c, d}" = 1 | {metric: 'referentialIntegrity', columns: ['a', 'b'], unit: 'percent', mustBe: 0, arguments: {table: 'other', tableColumns: ['c', 'd']}}
      ReferentialIntegrity "a" "other.c" >= 0.9 | {metric: 'referentialIntegrity', column: 'a', unit: 'percent', mustBeLessOrEqualTo: 10, arguments: {table: 'other', tableColumns: ['c']}}
      ColumnLength "a" <= 5           | {metric: 'invalidValues', column: 'a', mustBe: 0, arguments: {maxLength: 5}}
      ColumnValues "a" in ["x", "y", NULL] | {metric: 'invalidValues', column: 'a', mustBe: 0, arguments: {validValues: ['x', 'y']}}
      """)
  void saysInOneCheckWhatOneRuleSays(String rule, String expected) throws Exception {
    assertThat(withoutNames(rule)).containsExactly(check(expected));
  }

  @Test
  void saysInTwoWhatOneCheckCannotSay() throws Exception {
    assertThat(withoutNames("RowCount between 10 and 20"))
        .containsExactly(
            check("{metric: 'rowCount', mustBeGreaterThan: 10}"),
            check("{metric: 'rowCount', mustBeLessThan: 20}"));
    assertThat(withoutNames("Completeness \"a\" between 0.5 and 0.9"))
        .containsExactly(
            check("{metric: 'nullValues', column: 'a', unit: 'percent', mustBeLessThan: 50}"),
            check("{metric: 'nullValues', column: 'a', unit: 'percent', mustBeGreaterThan: 10}"));
    assertThat(withoutNames("IsPrimaryKey \"a\" \"b\" where \"c\""))
        .containsExactly(
            check("{metric: 'duplicateValues', columns: ['a', 'b'], where: 'c', mustBe: 0}"),
            check("{metric: 'nullValues', column: 'a', where: 'c', mustBe: 0}"),
            check("{metric: 'nullValues', column: 'b', where: 'c', mustBe: 0}"));
    assertThat(withoutNames("ColumnValues \"a\" matches \"[a-z]+ x\""))
        .containsExactly(
            check(
                "{metric: 'invalidValues', column: 'a', mustBe: 0, arguments: {pattern: '[a-z]+ x'}}"),
            check("{metric: 'nullValues', column: 'a', mustBe: 0}"));
    assertThat(withoutNames("ColumnLength \"a\" between 1 and 5"))
        .containsExactly(
            check(
                "{metric: 'invalidValues', column: 'a', mustBe: 0, arguments: {minLength: 2, maxLength: 4}}"),
            check("{metric: 'nullValues', column: 'a', mustBe: 0}"));
    assertThat(withoutNames("(IsComplete \"a\") and (IsUnique \"b\")"))
        .containsExactly(
            check("{metric: 'nullValues', column: 'a', mustBe: 0}"),
            check("{metric: 'duplicateValues', column: 'b', mustBe: 0}"));
  }

  @Test
  void leavesTheEndsOfARangeOut() {
    DatasetCheck check = parse("Mean \"a\" not between 1 and 2").get(0);

    assertThat(check.mustNotBeBetween().get(0)).isGreaterThan(1).isLessThan(1.0000001);
    assertThat(check.mustNotBeBetween().get(1)).isLessThan(2).isGreaterThan(1.9999999);
  }

  @Test
  void namesChecksAsRulesAreWritten() {
    assertThat(parse("IsComplete \"a\", IsPrimaryKey \"a\", IsComplete \"a\""))
        .extracting(DatasetCheck::name)
        .containsExactly(
            "IsComplete \"a\"",
            "IsPrimaryKey \"a\"",
            "IsPrimaryKey \"a\" #2",
            "IsComplete \"a\" #2");
    String column = "c".repeat(80);
    assertThat(parse("IsComplete \"" + column + "\", IsComplete \"" + column + "2\""))
        .extracting(DatasetCheck::name)
        .allSatisfy(name -> assertThat(name).hasSize(63).startsWith("IsComplete \"ccc"))
        .doesNotHaveDuplicates();
  }

  @Test
  void knowsVariables() {
    assertThat(
            Dqdl.parse("allowed = [\"x\", \"y\"]\nRules = [ ColumnValues \"a\" in $allowed ]")
                .get(0)
                .arguments()
                .validValues())
        .containsExactly("x", "y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      RowCount > avg(last(10))*0.8            | avg(last(10))                | metric change
      (IsComplete "a") or (IsUnique "b")      | or cannot be said            | metric sql
      ColumnCount = 10                        | spec.columns says            | leave it out
      ColumnDataType "a" = "Integer"          | spec.columns says            | leave it out
      SchemaMatch "b" = 1.0                   | spec.columns says            | metric schema
      RowCountMatch "b" = 1.0                 | another data set             | tables of spec.source
      FileSize "s3://a" > 2 MB                | files                        | digests
      CustomSql "select a from primary" with threshold > 0.5 | gives rows    | gives a number
      CustomSql "select primary.a from primary" = 0 | primary.               | name alone
      RowCount in [1, 2]                      | one of several               | a range
      ReferentialIntegrity "a" "c" = 1        | names no table               | "table.column"
      DetectAnomalies "ColumnCount"           | ColumnCount is not followed  | RowCount
      RowCount > 5 / 0                        | divides by 0                 | a number
      Mean "a" = NULL                         | NULL is no number            | IsComplete
      """)
  void namesTheRuleAndTheCureForTheRest(String rule, String why, String instead) {
    assertThatThrownBy(() -> parse("IsComplete \"z\", " + rule))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith("spec.dqdl: rule 2, '")
        .hasMessageContainingAll(why, "; instead: ", instead)
        .extracting(e -> ((RunFailure) e).reason())
        .isEqualTo("InvalidCheck");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      Rules = [ RowCount > ]                          | line 1:21
      Rules = [ Foo "x" ]                             | Foo is not valid
      Rules = [ ]                                     | No rules
      Rules = [ IsComplete "a" ] Analyzers = [ Mean "a" ] | Analyzers judge nothing
      """)
  void saysWhereItIsNoDqdl(String text, String where) {
    assertThatThrownBy(() -> Dqdl.parse(text))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith("spec.dqdl: ")
        .hasMessageContaining(where);
  }

  private static List<DatasetCheck> parse(String rules) {
    return Dqdl.parse("Rules = [ " + rules + " ]");
  }

  private static List<DatasetCheck> withoutNames(String rules) {
    return parse(rules).stream()
        .map(
            check -> {
              ObjectNode json = Contract.read(Contract.write(check), ObjectNode.class);
              json.remove("name");
              return Contract.read(Contract.write(json), DatasetCheck.class);
            })
        .toList();
  }

  private static DatasetCheck check(String json) throws Exception {
    return RELAXED.readValue(json, DatasetCheck.class);
  }
}
