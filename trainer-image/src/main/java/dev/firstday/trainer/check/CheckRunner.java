package dev.firstday.trainer.check;

import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a plan's queries and judges what they give. */
public final class CheckRunner {
  private final Database database;

  /**
   * @param database locked before {@link #run}, which runs SQL of others
   */
  public CheckRunner(Database database) {
    this.database = database;
  }

  /**
   * Looks at the SQL of checks before any of it runs, and before there is data.
   *
   * @throws dev.firstday.sdk.RunFailure InvalidCheck, when DuckDB cannot read a pattern, or SQL is
   *     something else than it must be, or does not fit the declared columns
   */
  public void require(CheckPlan plan) {
    UserSql.require(plan);
  }

  /** As the other method, without keeping failing rows. */
  public List<CheckOutcome> run(CheckPlan plan, Subject subject) {
    return run(plan, subject, null);
  }

  /**
   * The outcome of every check, in the order of the plan.
   *
   * @param samples where some of the rows go that fail a check; null: nowhere
   * @throws dev.firstday.sdk.RunFailure InvalidCheck, when a query fails
   */
  public List<CheckOutcome> run(CheckPlan plan, Subject subject, Samples samples) {
    plan.checks().forEach(planned -> requireColumns(planned, subject));
    List<Interview.Measured> measured =
        new Interview(database, subject)
            .hold(plan.checks(), new UserSql(database, plan).skipped(subject));
    List<CheckOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      CheckPlan.Planned planned = plan.checks().get(i);
      Reading reading = measured.get(i).reading();
      long millis = measured.get(i).millis();
      CheckOutcome outcome = Judge.outcome(planned, reading, millis, null, null);
      Optional<String> failing =
          outcome.verdict() == Verdict.FAILED && samples != null && plan.failingRows().limit() > 0
              ? planned.measure().failing(subject, reading)
              : Optional.empty();
      if (failing.isPresent()) {
        Path file = samples.directory().resolve("failing-" + i + ".parquet");
        database.execute(plan.failingRows().copy(subject, failing.get(), file));
        long rows = database.queryCount(FailingRows.count(file));
        if (rows > 0) {
          String digest = samples.sink().keep(file);
          outcome = Judge.outcome(planned, reading, millis, digest, (int) rows);
        }
        delete(file);
      }
      outcomes.add(outcome);
    }
    return outcomes;
  }

  /** Where files tell a table's columns, a plan could not look at them. */
  private void requireColumns(CheckPlan.Planned planned, Subject subject) {
    if (planned.measure() instanceof Orphans orphans
        && subject.sources().contains(orphans.source())) {
      orphans.require(
          planned.name(), database.describe("FROM " + Sql.name(orphans.source())).names());
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
