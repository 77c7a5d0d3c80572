package dev.firstday.trainer.check.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetCheck.DriftMethod;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.trainer.sql.Database;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriftQueryTest {
  private final Database database = Database.open();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void dividesNumbersByTheQuantilesOfTheReference() {
    table("reference", "SELECT i AS x FROM range(1, 201) t(i)");
    table("current", "SELECT i * 2.5 + 10 AS x FROM range(1, 101) t(i)");
    DriftQuery query = new DriftQuery("x", Type.DOUBLE, 4);

    Bins bins = bins(query);

    assertThat(bins).isEqualTo(new Bins.Ranges(List.of(50.0, 100.0, 150.0)));
    assertThat(count(query, bins, "reference", null).counts()).containsExactly(50, 50, 50, 50, 0);
    assertThat(count(query, bins, "current", null).counts()).containsExactly(16, 20, 20, 44, 0);
    Distribution current = count(query, bins, "current", null);
    assertThat(current.mean()).isCloseTo(136.25, within(1e-9));
    // np.std(np.arange(1, 101) * 2.5 + 10)
    assertThat(current.stddev()).isCloseTo(72.16517511929226, within(1e-9));
  }

  @Test
  void manyBinsGiveWhatTheValuesThemselvesWould() {
    table("reference", "SELECT i AS x FROM range(1, 201) t(i)");
    table("current", "SELECT i * 2.5 + 10 AS x FROM range(1, 101) t(i)");

    // ks_2samp(x, y).statistic, wasserstein_distance(x, y) / x.std(), (y.mean() - x.mean()) /
    // x.std()
    assertThat(distance(DriftMethod.KS)).isCloseTo(0.245, within(0.01));
    assertThat(distance(DriftMethod.WASSERSTEIN)).isCloseTo(0.61921590395305, within(1e-9));
    assertThat(distance(DriftMethod.MEAN_SHIFT)).isCloseTo(0.61921590395305, within(1e-9));
  }

  @Test
  void frequentValuesGetABinOfTheirOwn() {
    table("reference", "SELECT CASE WHEN i < 5 THEN 0 ELSE 1 END AS x FROM range(100) t(i)");
    table("current", "SELECT CASE WHEN i < 50 THEN 0 ELSE 1 END AS x FROM range(100) t(i)");
    DriftQuery query = new DriftQuery("x", Type.INTEGER, 2);

    Bins bins = bins(query);

    assertThat(count(query, bins, "reference", null).counts()).containsExactly(5, 95, 0, 0);
    assertThat(count(query, bins, "current", null).counts()).containsExactly(50, 50, 0, 0);
  }

  @Test
  void aConstantIsToldFromEveryOtherValue() {
    table("reference", "SELECT 0.0 AS x FROM range(10)");
    table("current", "SELECT unnest([-1.0, -0.0, 0.0, 1e-300]) AS x");
    DriftQuery query = new DriftQuery("x", Type.DOUBLE, 10);

    Bins bins = bins(query);

    assertThat(count(query, bins, "reference", null).counts()).containsExactly(0, 10, 0, 0);
    assertThat(count(query, bins, "current", null).counts()).containsExactly(1, 2, 1, 0);
  }

  @Test
  void whatIsNoNumberIsMissing() {
    table(
        "reference",
        "SELECT unnest([1, 2, 'NaN', 'inf', '-inf', NULL, 1e300, -1e300]::DOUBLE[]) AS x");
    DriftQuery query = new DriftQuery("x", Type.DOUBLE, 10);

    Distribution counted = count(query, bins(query), "reference", null);

    assertThat(counted.missing()).isEqualTo(4);
    assertThat(counted.present()).isEqualTo(4);
    assertThat(counted.stddev()).isFinite();
  }

  @Test
  void daysAndTimesAreSeconds() {
    table("reference", "SELECT DATE '1970-01-02' + CAST(i AS INTEGER) AS x FROM range(4) t(i)");
    DriftQuery days = new DriftQuery("x", Type.DATE, 2);
    assertThat(bins(days)).isEqualTo(new Bins.Ranges(List.of(2 * 86400.0)));

    table(
        "reference", "SELECT unnest(['1970-01-01 00:00:01', 'infinity', NULL]::TIMESTAMP[]) AS x");
    DriftQuery times = new DriftQuery("x", Type.TIMESTAMP, 2);
    assertThat(count(times, bins(times), "reference", null).counts()).containsExactly(0, 1, 0, 2);
  }

  @Test
  void theMostFrequentTextsGetABinAndOthersShareOne() {
    table(
        "reference",
        "SELECT unnest(['it''s', 'it''s', 'it''s', 'it''s', 'it''s', 'it''s', 'b', 'b', 'b', 'b', 'b',"
            + " 'rare', NULL]) AS x");
    table("current", "SELECT unnest(['b', 'new', 'rare', NULL, NULL]) AS x");
    DriftQuery query = new DriftQuery("x", Type.VARCHAR, 10);

    Bins bins = bins(query);

    assertThat(bins).isEqualTo(new Bins.Categories(List.of("it's", "b")));
    assertThat(count(query, bins, "reference", null).counts()).containsExactly(6, 5, 1, 1);
    assertThat(count(query, bins, "current", null).counts()).containsExactly(0, 1, 2, 2);
    assertThat(bins(new DriftQuery("x", Type.VARCHAR, 2)))
        .isEqualTo(new Bins.Categories(List.of("it's")));
  }

  @Test
  void booleansAreCategories() {
    table("reference", "SELECT i < 6 AS x FROM range(20) t(i)");
    DriftQuery query = new DriftQuery("x", Type.BOOLEAN, 10);

    assertThat(bins(query)).isEqualTo(new Bins.Categories(List.of("false", "true")));
  }

  @Test
  void aConditionLeavesRowsOut() {
    table("reference", "SELECT i AS x, i % 2 = 0 AS \"firstday split\" FROM range(100) t(i)");
    DriftQuery query = new DriftQuery("x", Type.BIGINT, 2);

    assertThat(query.read(database.query(query.edges("reference", "\"firstday split\" OR false"))))
        .isEqualTo(new Bins.Ranges(List.of(48.0)));
    assertThat(count(query, bins(query), "reference", "\"firstday split\"").rows()).isEqualTo(50);
  }

  @Test
  void emptyTablesHaveNoBinsButOne() {
    table("reference", "SELECT 1.0 AS x, 'a' AS y WHERE false");
    DriftQuery number = new DriftQuery("x", Type.DOUBLE, 10);
    DriftQuery text = new DriftQuery("y", Type.VARCHAR, 10);

    assertThat(count(number, bins(number), "reference", null).counts()).containsExactly(0, 0);
    assertThat(count(text, bins(text), "reference", null).counts()).containsExactly(0, 0);
  }

  @Test
  void takesMoreBinsWhereTheyStandForValues() {
    Column column = new Column("x", Type.DOUBLE, null, null);

    assertThat(DriftQuery.of(column, DriftMethod.PSI, null).size()).isEqualTo(10);
    assertThat(DriftQuery.of(column, DriftMethod.KS, null).size()).isEqualTo(100);
    assertThat(DriftQuery.of(column, DriftMethod.KS, 20).size()).isEqualTo(20);
  }

  private double distance(DriftMethod method) {
    DriftQuery query = DriftQuery.of(new Column("x", Type.DOUBLE, null, null), method, null);
    Bins bins = bins(query);
    return Drift.distance(
            method, count(query, bins, "reference", null), count(query, bins, "current", null))
        .orElseThrow()
        .value();
  }

  private Bins bins(DriftQuery query) {
    return query.read(database.query(query.edges("reference", null)));
  }

  private Distribution count(DriftQuery query, Bins bins, String table, String condition) {
    return query.distribution(bins, database.query(query.profile(bins, table, condition)));
  }

  private void table(String name, String select) {
    database.execute("CREATE OR REPLACE TABLE " + name + " AS " + select);
  }
}
