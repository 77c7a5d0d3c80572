package dev.firstday.server.route;

import java.util.Locale;

/** Where the requests come from by which a candidate is judged. */
enum Source {
  /** Stored with the candidate's artefact. */
  GOLDEN,
  /** Callers, some time ago. */
  REPLAY,
  /** Callers. */
  LIVE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
