package dev.firstday.trainer.check;

import dev.firstday.contract.Names;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.trainer.sql.SqlFailure;
import java.util.List;

/** The ways in which a check cannot be made. */
final class CheckFailures {
  private CheckFailures() {}

  static RunFailure invalidCheck(String check, String why) {
    return new RunFailure("InvalidCheck", "check '" + check + "': " + why, Cure.FIX_SPEC);
  }

  /** A check refers to a column that a table of the source has not. */
  static RunFailure lacksColumn(String check, String table, String column, List<String> there) {
    return invalidCheck(
        check,
        "arguments.tableColumns: table %s has no column %s%s; it has %s"
            .formatted(table, column, Names.hint(column, there), Names.list(there)));
  }

  /** A query of the check fails, and most likely over the user's part of it. */
  static RunFailure failedCheck(String check, SqlFailure cause) {
    return new RunFailure(
        "InvalidCheck",
        "check '" + check + "' fails on these rows: " + cause.withoutAdvice(),
        Cure.FIX_SPEC,
        cause);
  }
}
