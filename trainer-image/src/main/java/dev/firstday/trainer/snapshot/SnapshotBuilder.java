package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.LocalFile;
import dev.firstday.trainer.check.CheckPlan;
import dev.firstday.trainer.check.CheckRunner;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import dev.firstday.trainer.sql.SqlFailure;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** From files on this machine to splits on this machine; the store is not involved. */
final class SnapshotBuilder {
  // names that no column or table of a user's can have
  private static final String ROWS = "firstday rows";
  private static final String TYPED = "firstday typed";

  private final SqlResources resources;
  private final Path directory;
  private final Path versions;

  /**
   * @param directory holds the source files
   * @param versions gets the splits, each named by its digest
   */
  SnapshotBuilder(SqlResources resources, Path directory, Path versions) {
    this.resources = resources;
    this.directory = directory;
    this.versions = versions;
  }

  /**
   * @param loaded is told the columns of the source's tables before the transform reads them
   * @throws dev.firstday.sdk.RunFailure when the files, the SQL, or the rows are not as declared
   */
  Snapshot build(
      DatasetSpec spec,
      CheckPlan checks,
      List<SourceTable> sources,
      Consumer<Map<String, Database.Description>> loaded) {
    SplitRule split = SplitRule.of(spec.split(), spec.columns());
    try (Database database = Database.open(resources, directory.resolve("spill"))) {
      new CheckRunner(database).require(checks);
      SourceLoader loader = new SourceLoader(database);
      sources.forEach(loader::load);
      loaded.accept(columns(database, sources));
      database.lock(directory);
      List<String> types =
          new Transform(database).materialise(spec.transform(), spec.columns(), ROWS);
      requireValues(database, spec.columns(), types, split);
      return divide(database, spec.columns(), split);
    } catch (SqlFailure e) {
      if (e.outOfMemory()) {
        throw SnapshotFailures.outOfMemory(e);
      }
      throw e;
    }
  }

  private static Map<String, Database.Description> columns(
      Database database, List<SourceTable> sources) {
    Map<String, Database.Description> columns = new LinkedHashMap<>();
    for (SourceTable table : sources) {
      columns.put(table.name(), database.describe("FROM " + Sql.name(table.name())));
    }
    return columns;
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

  private Snapshot divide(Database database, List<DatasetSpec.Column> columns, SplitRule rule) {
    SplitFiles files = new SplitFiles(database, columns);
    files.divide(ROWS, TYPED, rule);
    database.execute("DROP TABLE " + Sql.name(ROWS));
    Map<String, Long> rows = new LinkedHashMap<>();
    rows.put(SplitRule.TRAIN, files.requireRows(TYPED, SplitRule.TRAIN));
    rows.put(SplitRule.VALIDATION, files.requireRows(TYPED, SplitRule.VALIDATION));
    switch (rule.test()) {
      case NONE -> {}
      case IF_ANY -> rows.put(SplitRule.TEST, files.rows(TYPED, SplitRule.TEST));
      case REQUIRED -> rows.put(SplitRule.TEST, files.requireRows(TYPED, SplitRule.TEST));
    }
    Map<String, Split> splits = new LinkedHashMap<>();
    rows.forEach(
        (split, count) -> {
          if (count > 0) {
            Path file = directory.resolve(split + ".parquet");
            files.write(TYPED, split, file);
            splits.put(split, new Split(named(LocalFile.of(file)), count));
          }
        });
    return new Snapshot(splits, Engine.of(database), files.fingerprint(TYPED));
  }

  private LocalFile named(LocalFile file) {
    try {
      Files.createDirectories(versions);
      Path target = versions.resolve(file.digest());
      Files.move(file.path(), target, StandardCopyOption.REPLACE_EXISTING);
      return new LocalFile(target, file.digest(), file.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot move " + file.path(), e);
    }
  }

  /** A split's file. */
  record Split(LocalFile file, long rows) {}

  /**
   * What was built.
   *
   * @param splits train, validation, and test if there is one
   * @param engine name and version of what ran the SQL
   * @param fingerprint of the rows and their splits, whatever their order
   */
  record Snapshot(Map<String, Split> splits, String engine, String fingerprint) {
    Map<String, Long> rows() {
      Map<String, Long> rows = new LinkedHashMap<>();
      splits.forEach((name, split) -> rows.put(name, split.rows()));
      return rows;
    }

    /** The files of the version that a manifest makes of this. */
    VersionFiles files(DatasetManifest manifest) {
      Map<String, Path> files = new LinkedHashMap<>();
      splits.forEach((name, split) -> files.put(name, split.file().path()));
      return new VersionFiles(manifest, files);
    }
  }
}
