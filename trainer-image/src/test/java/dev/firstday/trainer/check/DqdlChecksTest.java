package dev.firstday.trainer.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.CheckOutcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules of spec.dqdl run beside the declared checks. */
class DqdlChecksTest {
  private final Bench bench = Bench.small();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void runBesideDeclaredOnes() {
    bench.source("colours", "SELECT * FROM (VALUES ('red'), ('blue')) v(name)");
    List<CheckOutcome> outcomes =
        run(
            """
            RowCount > 9, Completeness "x" >= 0.8, IsUnique "id", IsPrimaryKey "n",
            ColumnValues "colour" in ["red", "blue", NULL], ColumnLength "colour" <= 5,
            Mean "x" between 5 and 6, Entropy "colour" > 1.3, Uniqueness "colour" > 0.1,
            UniqueValueRatio "colour" < 0.5, ColumnCorrelation "x" "n" > 0.9,
            ReferentialIntegrity "colour" "colours.name" = 1.0, DetectAnomalies "RowCount",
            CustomSql "select count(*) from primary where n > 5" = 5, DataFreshness "seen" < 20 days""");

    assertThat(outcomes)
        .extracting(CheckOutcome::name, CheckOutcome::value, CheckOutcome::verdict)
        .contains(
            tuple("declared", 10.0, Verdict.PASSED),
            tuple("Completeness \"x\" >= 0.8", 20.0, Verdict.PASSED),
            tuple("IsUnique \"id\"", 1.0, Verdict.FAILED));
    assertThat(outcomes.stream().filter(o -> o.verdict() == Verdict.FAILED))
        .extracting(CheckOutcome::name)
        .containsExactly(
            "IsUnique \"id\"",
            "ColumnValues \"colour\" in [\"red\",\"blue\",NULL]",
            "ReferentialIntegrity \"colour\" \"colours.name\" = 1.0",
            "DataFreshness \"seen\" < 20 days");
    assertThat(outcomes.stream().filter(o -> o.verdict() == Verdict.SKIPPED))
        .extracting(CheckOutcome::name)
        .containsExactly("DetectAnomalies \"RowCount\"");
  }

  @Test
  void takeTheDefaultsPlaceToo() {
    assertThat(
            CheckPlan.of(
                    bench.spec(
                        "schemaEvolution: 'none', leakageChecks: false, dqdl: 'Rules = [ IsComplete"
                            + " \"x\" ]'"))
                .names())
        .containsExactly("IsComplete \"x\"", "schema");
  }

  @Test
  void areHeldAgainstTheColumns() {
    RunFailure failure = catchThrowableOfType(RunFailure.class, () -> run("Mean \"y\" > 3"));

    assertThat(failure)
        .hasMessageContaining("check 'Mean \"y\" > 3': there is no column y (did you mean x?)");
  }

  private List<CheckOutcome> run(String rules) {
    return bench.runAll(
        bench.spec(
            "leakageChecks: false, dqdl: '%s'"
                .formatted(("Rules = [ " + rules + " ]").replace("\n", " ")),
            "{name: 'declared', metric: 'rowCount', mustBe: 10}"),
        null);
  }
}
