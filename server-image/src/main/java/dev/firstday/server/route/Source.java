package dev.firstday.server.route;

import java.util.Locale;

/** Where the requests come from by which a candidate is judged. */
enum Source {
  /** Stored with the candidate's artefact. */
  GOLDEN,
  /** Golden cases of the Model. */
  CASES,
  /** Callers, some time ago. */
  REPLAY,
  /** Callers. */
  LIVE;

  /** Whether they come as callers' requests do, so that rates and shares are theirs. */
  boolean isOfCallers() {
    return this == REPLAY || this == LIVE;
  }

  /** For people. */
  String words() {
    return switch (this) {
      case GOLDEN -> "golden requests";
      case CASES -> "golden cases";
      case REPLAY -> "captured requests";
      case LIVE -> "callers' requests";
    };
  }

  /** In metrics. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
