package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.trainer.check.CheckPlan;
import dev.firstday.trainer.check.CheckRunner;
import dev.firstday.trainer.check.Subject;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import dev.firstday.trainer.sql.SqlFailure;
import dev.firstday.trainer.sql.SqlResources;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** From files on this machine to checked splits on this machine; the store is not involved. */
final class SnapshotBuilder {
  // names that no column or table of a user's can have
  private static final String ROWS = "firstday rows";
  private static final String TYPED = "firstday typed";

  private final SqlResources resources;

  SnapshotBuilder(SqlResources resources) {
    this.resources = resources;
  }

  /**
   * @param directory holds the source files, and gets the splits
   * @throws dev.firstday.sdk.RunFailure when the files, the SQL, or the rows are not as declared
   */
  Snapshot build(DatasetSpec spec, List<SourceTable> sources, Path directory, Instant now) {
    SplitRule split = SplitRule.of(spec.split(), spec.columns());
    CheckPlan checks = CheckPlan.of(spec);
    try (Database database = Database.open(resources, directory.resolve("spill"))) {
      new CheckRunner(database).require(checks);
      SourceLoader loader = new SourceLoader(database);
      sources.forEach(loader::load);
      database.lock(directory);
      List<String> types =
          new Transform(database).materialise(spec.transform(), spec.columns(), ROWS);
      requireValues(database, spec.columns(), types, split);
      return divide(database, spec.columns(), split, checks, sources, directory, now);
    } catch (SqlFailure e) {
      if (e.outOfMemory()) {
        throw SnapshotFailures.outOfMemory(e);
      }
      throw e;
    }
  }

  private static void requireValues(
      Database database, List<DatasetSpec.Column> columns, List<String> types, SplitRule split) {
    for (int i = 0; i < columns.size(); i++) {
      DatasetSpec.Column column = columns.get(i);
      try {
        database.describe("SELECT " + ColumnRules.cast(column) + " FROM " + Sql.name(ROWS));
      } catch (SqlFailure e) {
        throw SnapshotFailures.columnsDiffer(
            "column %s: the transform gives %s, which cannot become the declared %s"
                .formatted(column.name(), types.get(i), column.type()));
      }
    }
    if (database.queryCount("SELECT count(*) FROM " + Sql.name(ROWS)) == 0) {
      throw SnapshotFailures.emptySplit(
          "spec.transform gives no rows: does its WHERE, or a join, leave nothing of these files?");
    }
    ColumnRules rules = ColumnRules.of(columns, types, split);
    List<String> violations = rules.violations(database.queryRow(rules.query(ROWS)));
    if (!violations.isEmpty()) {
      throw SnapshotFailures.invalidValues(String.join("; ", violations));
    }
  }

  private static Snapshot divide(
      Database database,
      List<DatasetSpec.Column> columns,
      SplitRule rule,
      CheckPlan checks,
      List<SourceTable> sources,
      Path directory,
      Instant now) {
    SplitFiles splits = new SplitFiles(database, columns);
    splits.divide(ROWS, TYPED, rule);
    database.execute("DROP TABLE " + Sql.name(ROWS));
    long trainRows = splits.requireRows(TYPED, SplitRule.TRAIN);
    long validationRows = splits.requireRows(TYPED, SplitRule.VALIDATION);
    List<CheckOutcome> outcomes =
        new CheckRunner(database)
            .run(
                checks,
                new Subject(
                    TYPED,
                    columns,
                    sources.stream().map(SourceTable::name).collect(Collectors.toSet()),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    now));
    Path train = directory.resolve("train.parquet");
    Path validation = directory.resolve("validation.parquet");
    splits.write(TYPED, SplitRule.TRAIN, train);
    splits.write(TYPED, SplitRule.VALIDATION, validation);
    String engine = "duckdb " + database.queryRow("SELECT version()").get(0);
    return new Snapshot(
        train, trainRows, validation, validationRows, outcomes, engine, splits.fingerprint(TYPED));
  }

  /**
   * What was built.
   *
   * @param engine name and version of what ran the SQL
   * @param fingerprint of the rows and their splits, whatever their order
   */
  record Snapshot(
      Path train,
      long trainRows,
      Path validation,
      long validationRows,
      List<CheckOutcome> checks,
      String engine,
      String fingerprint) {}
}
