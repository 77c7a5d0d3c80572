package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetSpec;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.OneSelect;
import dev.firstday.trainer.sql.Sql;
import dev.firstday.trainer.sql.SqlFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What people wrote in checks for DuckDB to read: conditions, queries and patterns. */
final class UserSql {
  /** Stands for the rows while there are none. */
  private static final String ROWS = "firstday rows";

  private final Database database;
  private final CheckPlan plan;

  UserSql(Database database, CheckPlan plan) {
    this.database = database;
    this.plan = plan;
  }

  /**
   * Parses all of it, and binds it to the declared columns where these are all it needs, in a
   * database that holds nothing and reaches nothing.
   *
   * @throws dev.firstday.sdk.RunFailure InvalidCheck, with DuckDB's words
   */
  static void require(CheckPlan plan) {
    if (plan.checks().stream().map(CheckPlan.Planned::check).noneMatch(UserSql::hasAny)) {
      return;
    }
    try (Database sandbox = Database.open()) {
      UserSql sql = new UserSql(sandbox, plan);
      sandbox.lock();
      Set<String> known = sql.createEmptyTables();
      plan.checks().forEach(planned -> sql.require(planned, known));
    }
  }

  private static boolean hasAny(DatasetCheck check) {
    return check.where() != null
        || check.query() != null
        || check.arguments() != null && check.arguments().pattern() != null;
  }

  /** Names of the tables of the source whose columns are declared. */
  private Set<String> createEmptyTables() {
    create(
        ROWS,
        plan.spec().columns().stream()
            .map(column -> Sql.name(column.name()) + " " + column.type())
            .collect(Collectors.joining(", ", "", ", " + Scope.SPLIT + " VARCHAR")));
    Set<String> known = new TreeSet<>();
    for (DatasetSpec.Files files : plan.spec().source().files()) {
      if (files.columns() != null && known.add(files.name())) {
        create(
            files.name(),
            files.columns().stream()
                .map(column -> Sql.name(column.name()) + " " + column.type())
                .collect(Collectors.joining(", ")));
      }
    }
    return known;
  }

  private void create(String table, String columns) {
    database.execute("CREATE TABLE " + Sql.name(table) + " (" + columns + ")");
  }

  private void require(CheckPlan.Planned planned, Set<String> known) {
    DatasetCheck check = planned.check();
    if (check.arguments() != null && check.arguments().pattern() != null) {
      requirePattern(planned.name(), check.arguments().pattern());
    }
    if (check.where() != null) {
      OneSelect parsed = parseCondition(planned.name(), check.where());
      if (known.containsAll(own(parsed))) {
        bind(
            planned.name(),
            "where",
            "SELECT %s FROM %s".formatted(new Scope(check.where()).count(), Sql.name(ROWS)));
      }
    }
    if (planned.measure() instanceof UserQuery query) {
      String text = query.text(ROWS, plan.spec().columns());
      OneSelect parsed = parseQuery(planned.name(), text);
      if (known.containsAll(own(parsed))) {
        Database.Description given = bind(planned.name(), "query", text);
        if (given.names().size() != 1) {
          throw CheckFailures.invalidCheck(
              planned.name(),
              "query: it gives " + given.names().size() + " columns; it must give one number");
        }
      }
    }
  }

  /** Tables of the source; what else is named is an error, which binding finds. */
  private Set<String> own(OneSelect parsed) {
    Set<String> named = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    named.addAll(parsed.tables());
    return plan.sources().stream().filter(named::contains).collect(Collectors.toSet());
  }

  private void requirePattern(String name, String pattern) {
    try {
      database.queryRow("SELECT regexp_full_match('', " + Sql.text(pattern) + ")");
    } catch (SqlFailure e) {
      throw CheckFailures.invalidCheck(
          name, "its pattern is no regular expression (RE2): " + e.getMessage());
    }
  }

  private OneSelect parseCondition(String name, String where) {
    try {
      return OneSelect.parseExpression(database, where);
    } catch (OneSelect.Refused e) {
      throw CheckFailures.invalidCheck(name, "where: it must be one condition: " + e.getMessage());
    }
  }

  private OneSelect parseQuery(String name, String query) {
    try {
      return OneSelect.parse(database, query);
    } catch (OneSelect.Refused e) {
      throw CheckFailures.invalidCheck(name, "query: " + e.getMessage());
    }
  }

  private Database.Description bind(String name, String field, String sql) {
    try {
      Database.Description given = database.describe(sql);
      if (given.parameters() > 0) {
        throw CheckFailures.invalidCheck(
            name, field + ": it has parameters (? or $1), and there are no values for them");
      }
      return given;
    } catch (SqlFailure e) {
      throw CheckFailures.invalidCheck(name, field + ": " + e.withoutAdvice());
    }
  }

  /** Readings of checks whose SQL names tables of the source that are not at hand, by name. */
  Map<String, Reading> skipped(Subject subject) {
    Map<String, Reading> skipped = new HashMap<>();
    for (CheckPlan.Planned planned : plan.checks()) {
      Set<String> missing = new TreeSet<>();
      if (planned.check().where() != null) {
        missing.addAll(own(parseCondition(planned.name(), planned.check().where())));
      }
      if (planned.measure() instanceof UserQuery query) {
        missing.addAll(
            own(parseQuery(planned.name(), query.text(subject.table(), subject.columns()))));
      }
      missing.removeAll(subject.sources());
      if (!missing.isEmpty()) {
        skipped.put(
            planned.name(),
            Reading.skipped(
                "of the source, these tables are not at hand: "
                    + String.join(", ", List.copyOf(missing))));
      }
    }
    return skipped;
  }
}
