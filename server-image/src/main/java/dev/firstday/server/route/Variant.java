package dev.firstday.server.route;

import java.util.Locale;

/** Which of the two versions in the routes. */
enum Variant {
  STABLE,
  CANDIDATE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
