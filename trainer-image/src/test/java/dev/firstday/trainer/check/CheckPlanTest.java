package dev.firstday.trainer.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetCheck;
import dev.firstday.trainer.snapshot.Runs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What SQL checks become. */
class CheckPlanTest {
  private static final Subject SUBJECT =
      new Subject(
          "t",
          Runs.columns(),
          Set.of("rows"),
          Optional.of(new Subject.Reference(3, "before", Runs.columns())),
          Optional.empty(),
          List.of(),
          Instant.EPOCH);

  @Test
  void measuresAllInOneScanButKeys() {
    assertThat(
            queries(
                "{metric: 'rowCount', mustBe: 1}",
                "{metric: 'nullValues', column: 'size', mustBe: 0, unit: 'percent'}",
                "{metric: 'duplicateValues', columns: ['id', 'colour'], mustBe: 0}",
                "{metric: 'invalidValues', column: 'colour', mustBe: 0, arguments: {validValues: ['a',"
                    + " 'b\\'c'], pattern: 'a.*', maxLength: 9}}",
                "{metric: 'invalidValues', column: 'size', mustBe: 0, arguments: {min: 0.5, max:"
                    + " 2e10}}",
                "{metric: 'mean', column: 'size', where: 'late', mustBe: 0}"))
        .containsExactly(
            "SELECT count(*), count(*) - count(\"size\"), count_if(NOT (list_contains(['a', 'b''c'],"
                + " \"colour\") AND regexp_full_match(CAST(\"colour\" AS VARCHAR), 'a.*') AND"
                + " length(\"colour\") <= 9)), count_if(NOT (\"size\" >= CAST('0.5' AS DOUBLE) AND"
                + " \"size\" <= CAST('2.0E10' AS DOUBLE))), avg(\"size\") FILTER (WHERE (late\n"
                + ")), count_if((late\n"
                + ")) FROM \"t\"",
            "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM \"t\" WHERE \"id\" IS"
                + " NOT NULL AND \"colour\" IS NOT NULL GROUP BY \"id\", \"colour\")");
  }

  @Test
  void countsAKeyOfOneColumnInTheSameScan() {
    assertThat(
            queries(
                "{metric: 'rowCount', mustBe: 1}",
                "{metric: 'duplicateValues', column: 'id', where: 'late', mustBe: 0}",
                "{metric: 'distinctCount', column: 'colour', mustBe: 3}"))
        .containsExactly(
            "SELECT count(*), count(\"id\") FILTER (WHERE (late\n"
                + ")) - count(DISTINCT \"id\") FILTER (WHERE (late\n"
                + ")), count_if((late\n"
                + ")), count(DISTINCT \"colour\") FROM \"t\"");
  }

  @Test
  void asksForAKeyOnce() {
    assertThat(
            queries(
                "{metric: 'duplicateValues', column: 'id', mustBe: 0}",
                "{metric: 'distinctCount', column: 'id', mustBe: 0}",
                "{metric: 'splitOverlap', column: 'id', mustBe: 0}",
                "{name: 'again', metric: 'duplicateValues', column: 'id', mustBe: 1}"))
        .containsExactly(
            "SELECT coalesce(sum(n - 1), 0), count(*), coalesce(sum(CASE WHEN t > 0 THEN n - t WHEN"
                + " v > 0 THEN n - v ELSE 0 END), 0) FROM (SELECT count(*) AS n, count(*) FILTER"
                + " (WHERE \"firstday split\" = 'train') AS t, count(*) FILTER (WHERE \"firstday"
                + " split\" = 'validation') AS v FROM \"t\" WHERE \"id\" IS NOT NULL GROUP BY"
                + " \"id\")",
            "SELECT count(*), count_if(\"firstday split\" <> 'train') FROM \"t\"");
  }

  @Test
  void scansAnEarlierVersionOnlyForWhatIsCompared() {
    assertThat(
            queries(
                "{metric: 'mean', column: 'size', mustBe: 1}",
                "{metric: 'change', arguments: {of: 'rowCount'}, unit: 'percent', mustBe: 1}"))
        .containsExactly(
            "SELECT avg(\"size\"), count(*) FROM \"t\"", "SELECT count(*) FROM \"before\"");
  }

  @Test
  void hasNothingToDoWithoutChecks() {
    assertThat(queries()).isEmpty();
  }

  private static List<String> queries(String... checks) {
    var run =
        Runs.with(
            Runs.small("n"), Stream.of(checks).map(Bench::check).toArray(DatasetCheck[]::new));
    return CheckPlan.of(Runs.with(run, "leakageChecks", false).spec()).queries(SUBJECT);
  }
}
