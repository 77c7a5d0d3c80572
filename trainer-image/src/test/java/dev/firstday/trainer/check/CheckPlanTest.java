package dev.firstday.trainer.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetCheck.Severity;
import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.trainer.snapshot.Runs;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckPlanTest {
  private static final DatasetCheck ENOUGH = Runs.atLeast("enough", Metric.ROW_COUNT, null, 100);
  private static final DatasetCheck NULLS =
      Runs.check(
          null,
          Metric.NULL_VALUES,
          "size",
          null,
          null,
          null,
          null,
          List.of(1.0, 5.0),
          Unit.PERCENT,
          Severity.WARNING);
  private static final DatasetCheck INVALID =
      Runs.exactly(
          null,
          Metric.INVALID_VALUES,
          "size",
          Runs.valid(List.of("a", "b'c"), "a.*", 0.5, 2e10),
          0);
  private static final DatasetCheck UNIQUE =
      Runs.check(
          null,
          Metric.DUPLICATE_VALUES,
          null,
          List.of("id", "colour"),
          null,
          0.0,
          null,
          null,
          null,
          null);

  @Test
  void measuresAllInOneScanButKeys() {
    CheckPlan plan = plan(ENOUGH, NULLS, UNIQUE, INVALID);

    assertThat(plan.aggregate("t"))
        .isEqualTo(
            "SELECT count(*), count(*), count(*) - count(\"size\"), count(*) FILTER (WHERE \"size\""
                + " IS NOT NULL AND NOT (CAST(\"size\" AS VARCHAR) IN ('a', 'b''c') AND"
                + " regexp_full_match(CAST(\"size\" AS VARCHAR), 'a.*') AND \"size\" >= CAST('0.5'"
                + " AS DOUBLE) AND \"size\" <= CAST('2.0E10' AS DOUBLE))) FROM \"t\"");
    assertThat(plan.duplicates("t"))
        .containsExactly(
            "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM \"t\" WHERE \"id\" IS"
                + " NOT NULL AND \"colour\" IS NOT NULL GROUP BY \"id\", \"colour\")");
  }

  @Test
  void judgesInTheOrderDeclared() {
    List<CheckOutcome> outcomes =
        plan(ENOUGH, NULLS, UNIQUE, INVALID).judge(List.of(200L, 200L, 30L, 4L), List.of(2L));

    assertThat(outcomes)
        .extracting(
            CheckOutcome::name,
            CheckOutcome::value,
            CheckOutcome::unit,
            CheckOutcome::bound,
            CheckOutcome::verdict,
            CheckOutcome::severity)
        .containsExactly(
            tuple("enough", 200.0, Unit.ROWS, ">= 100", Verdict.PASSED, Severity.ERROR),
            tuple(
                "nullValues(size)",
                15.0,
                Unit.PERCENT,
                "between 1 and 5",
                Verdict.FAILED,
                Severity.WARNING),
            tuple(
                "duplicateValues(id, colour)", 2.0, Unit.ROWS, "0", Verdict.FAILED, Severity.ERROR),
            tuple("invalidValues(size)", 4.0, Unit.ROWS, "0", Verdict.FAILED, Severity.ERROR));
    DatasetStatus.Checks report = CheckReport.of(outcomes, 1, 1, Instant.EPOCH);
    assertThat(report.failures())
        .containsExactly(
            "nullValues(size): 15.000 %, must be between 1 and 5 (warning)",
            "duplicateValues(id, colour): 2 rows, must be 0",
            "invalidValues(size): 4 rows, must be 0");
    assertThat(report.summary()).isEqualTo("1/4");
  }

  @Test
  void hasNothingToDoWithoutChecks() {
    CheckPlan plan = plan();

    assertThat(plan.aggregate("t")).isEqualTo("SELECT count(*) FROM \"t\"");
    assertThat(plan.duplicates("t")).isEmpty();
    assertThat(plan.judge(List.of(5L), List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mustBe, 5, 5", "mustNotBe, other than 5, 4 6", "mustBeGreaterThan, > 5, 6",
    "mustBeGreaterOrEqualTo, >= 5, 5 6", "mustBeLessThan, < 5, 4", "mustBeLessOrEqualTo, <= 5, 4 5",
    "mustBeBetween, between 5 and 6, 5 6", "mustNotBeBetween, below 5 or above 6, 4 7"
  })
  void knowsEveryOperator(String operator, String words, String holding) {
    Bound bound = Bound.of(check(operator));

    assertThat(bound.words()).isEqualTo(words);
    for (int value = 4; value <= 7; value++) {
      boolean expected =
          operator.equals("mustBeGreaterThan")
                  || operator.equals("mustBeGreaterOrEqualTo")
                  || operator.equals("mustNotBe")
              ? value == 7 || holding.contains(String.valueOf(value))
              : holding.contains(String.valueOf(value));
      assertThat(bound.holds().test(value)).as("%s %d", operator, value).isEqualTo(expected);
    }
  }

  private static DatasetCheck check(String operator) {
    return Contract.read(
        operator.endsWith("Between")
            ? "{\"metric\":\"rowCount\",\"%s\":[5,6]}".formatted(operator)
            : "{\"metric\":\"rowCount\",\"%s\":5}".formatted(operator),
        DatasetCheck.class);
  }

  private static CheckPlan plan(DatasetCheck... checks) {
    return CheckPlan.of(Runs.with(Runs.small("n"), checks).spec());
  }
}
