package dev.firstday.trainer.check;

import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.trainer.sql.SqlFailure;

/** The ways in which a check cannot be made. */
final class CheckFailures {
  private CheckFailures() {}

  static RunFailure invalidCheck(String check, String why) {
    return new RunFailure("InvalidCheck", "check '" + check + "': " + why, Cure.FIX_SPEC);
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
