package dev.firstday.trainer.check;

import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.SqlFailure;
import java.util.ArrayList;
import java.util.List;

/** Runs a plan's queries and judges what they give. */
public final class CheckRunner {
  private final Database database;

  public CheckRunner(Database database) {
    this.database = database;
  }

  /**
   * @throws dev.firstday.sdk.RunFailure InvalidCheck, when DuckDB cannot read a pattern
   */
  public void require(CheckPlan plan) {
    for (CheckPlan.PatternProbe probe : plan.patterns()) {
      try {
        database.queryRow(probe.query());
      } catch (SqlFailure e) {
        throw CheckFailures.invalidCheck(
            probe.check(), "its pattern is no regular expression (RE2): " + e.getMessage());
      }
    }
  }

  /** The outcome of every check, in the order of the plan. */
  public List<CheckOutcome> run(CheckPlan plan, Subject subject) {
    return plan.judge(
        counts(database.queryRow(plan.aggregate(subject.table()))),
        plan.duplicates(subject.table()).stream().map(database::queryCount).toList());
  }

  private static List<Long> counts(List<Object> row) {
    List<Long> counts = new ArrayList<>();
    row.forEach(value -> counts.add(((Number) value).longValue()));
    return counts;
  }
}
