package dev.firstday.trainer.check;

import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;

/** The ways in which a check cannot be made. */
final class CheckFailures {
  private CheckFailures() {}

  static RunFailure invalidCheck(String check, String why) {
    return new RunFailure("InvalidCheck", "check '" + check + "': " + why, Cure.FIX_SPEC);
  }
}
