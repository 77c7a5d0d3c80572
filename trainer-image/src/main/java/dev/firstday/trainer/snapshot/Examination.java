package dev.firstday.trainer.snapshot;

import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.sdk.data.CheckRecord;
import dev.firstday.trainer.check.CheckPlan;
import dev.firstday.trainer.check.CheckRunner;
import dev.firstday.trainer.check.SampleSink;
import dev.firstday.trainer.check.Samples;
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

/**
 * Looks at the rows of a version where they lie, in Parquet: new or old, it is the same look. What
 * is found is no part of a version's identity, so all threads may help.
 */
final class Examination {
  // names that no column or table of a user's can have
  private static final String ROWS = "firstday rows";
  private static final String PREVIOUS = "firstday previous";
  private static final String PINNED = "firstday pinned";

  private final SqlResources resources;
  private final Path directory;

  /**
   * @param directory holds the files of all versions looked at
   */
  Examination(SqlResources resources, Path directory) {
    this.resources = resources;
    this.directory = directory;
  }

  /**
   * The outcome of every check.
   *
   * @param sources tables that checks refer to
   * @param sink keeps samples of failing rows
   */
  List<CheckOutcome> check(
      CheckPlan plan,
      VersionFiles version,
      Beside beside,
      List<SourceTable> sources,
      SampleSink sink,
      Instant now) {
    try (Database database = Database.open(resources, directory.resolve("spill"))) {
      version.createView(database, ROWS);
      Subject subject =
          new Subject(
              ROWS,
              version.manifest().columns(),
              sources.stream().map(SourceTable::name).collect(Collectors.toSet()),
              beside.previous().map(other -> other.reference(database, PREVIOUS)),
              beside.pinned().map(other -> other.reference(database, PINNED)),
              beside.history(),
              now);
      SourceLoader loader = new SourceLoader(database);
      sources.forEach(loader::load);
      database.lockWithAllThreads(directory);
      return new CheckRunner(database).run(plan, subject, new Samples(directory, sink));
    } catch (SqlFailure e) {
      if (e.outOfMemory()) {
        throw SnapshotFailures.outOfMemory(e);
      }
      throw e;
    }
  }

  /** Whether every row of a version is there in another one, in the same split. */
  boolean keepsAllRows(VersionFiles before, VersionFiles now) {
    try (Database database = Database.open(resources, directory.resolve("spill"))) {
      before.createView(database, PREVIOUS);
      now.createView(database, ROWS);
      String hash = RowHash.of(now.manifest().columns());
      return database.queryCount(
              "SELECT count(*) FROM (SELECT %1$s FROM %2$s EXCEPT ALL SELECT %1$s FROM %3$s)"
                  .formatted(hash, Sql.name(PREVIOUS), Sql.name(ROWS)))
          == 0;
    } catch (SqlFailure e) {
      if (e.outOfMemory()) {
        throw SnapshotFailures.outOfMemory(e);
      }
      throw e;
    }
  }

  /**
   * What a version is compared with, as far as its checks ask for it.
   *
   * @param history results of earlier good versions, oldest first
   */
  record Beside(Optional<Other> previous, Optional<Other> pinned, List<CheckRecord> history) {}

  /** Another version. */
  record Other(int number, VersionFiles files) {
    private Subject.Reference reference(Database database, String table) {
      files.createView(database, table);
      return new Subject.Reference(number, table, files.manifest().columns());
    }
  }
}
