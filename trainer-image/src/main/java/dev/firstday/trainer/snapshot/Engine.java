package dev.firstday.trainer.snapshot;

import dev.firstday.trainer.sql.Database;

/** Name and version of what runs SQL here: another one may give other bytes. */
final class Engine {
  private Engine() {}

  static String of(Database database) {
    return "duckdb " + database.queryRow("SELECT version()").get(0);
  }

  static String here() {
    try (Database database = Database.open()) {
      return of(database);
    }
  }
}
