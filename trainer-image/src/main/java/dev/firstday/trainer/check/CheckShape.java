package dev.firstday.trainer.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.RunFailure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which fields of a check its metric reads. A field that nothing reads is an error: whoever wrote
 * it believes that it does something.
 *
 * @param arguments by the names of their fields
 * @param where whether it can look at a part of the rows
 */
record CheckShape(Takes takes, Set<String> arguments, Set<Unit> units, boolean where) {
  private static final Set<Unit> COUNTED = EnumSet.of(Unit.ROWS, Unit.PERCENT);
  private static final Set<Unit> TIMES =
      EnumSet.of(Unit.SECONDS, Unit.MINUTES, Unit.HOURS, Unit.DAYS);
  private static final Set<Unit> NONE = EnumSet.noneOf(Unit.class);

  /** How many columns a metric is about. */
  enum Takes {
    NOTHING("takes no column"),
    ONE("needs column"),
    ONE_OR_MORE("needs column or columns"),
    TWO("needs columns: [one, another]"),
    /** Left out, it finds them by their roles. */
    ANY("takes column or columns");

    private final String words;

    Takes(String words) {
      this.words = words;
    }

    boolean allows(int columns) {
      return switch (this) {
        case NOTHING -> columns == 0;
        case ONE -> columns == 1;
        case ONE_OR_MORE -> columns >= 1;
        case TWO -> columns == 2;
        case ANY -> true;
      };
    }
  }

  /**
   * @throws RunFailure InvalidCheck, naming the field
   */
  static void require(String name, DatasetCheck check) {
    requireColumns(name, check);
    CheckShape shape = of(name, check);
    if (!shape.takes.allows(columns(check).size())) {
      throw CheckFailures.invalidCheck(name, check.metric().word() + " " + shape.takes.words);
    }
    if (check.where() != null && !shape.where) {
      throw CheckFailures.invalidCheck(
          name, "where: " + check.metric().word() + " looks at whole versions, not at some rows");
    }
    if ((check.query() != null) != (check.metric() == Metric.SQL)) {
      throw CheckFailures.invalidCheck(name, "query: sql, and no other metric, needs it");
    }
    for (String argument : arguments(check)) {
      if (!shape.arguments.contains(argument)) {
        throw CheckFailures.invalidCheck(
            name,
            "arguments.%s: %s does not read it; it reads %s"
                .formatted(
                    argument,
                    check.metric().word(),
                    shape.arguments.isEmpty() ? "none" : String.join(", ", shape.arguments)));
      }
    }
    if (check.unit() != null && !shape.units.contains(check.unit())) {
      throw CheckFailures.invalidCheck(
          name,
          "unit: %s has %s"
              .formatted(
                  check.metric().word(),
                  shape.units.isEmpty()
                      ? "none"
                      : String.join(", ", shape.units.stream().map(CheckShape::word).toList())));
    }
  }

  /** The columns named, in either way. */
  static List<String> columns(DatasetCheck check) {
    if (check.columns() != null) {
      return check.columns();
    }
    return check.column() == null ? List.of() : List.of(check.column());
  }

  /** What a change or an anomaly follows, as a check of its own. */
  static DatasetCheck followed(DatasetCheck check, Unit unit) {
    return new DatasetCheck(
        check.name(),
        check.arguments().of(),
        check.column(),
        check.columns(),
        check.where(),
        null,
        check.arguments(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        unit,
        null);
  }

  static String word(Unit unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }

  private static void requireColumns(String name, DatasetCheck check) {
    if (check.column() != null && check.columns() != null) {
      throw CheckFailures.invalidCheck(name, "it has column and columns: leave one out");
    }
    if (columns(check).stream().anyMatch(column -> column == null)) {
      throw CheckFailures.invalidCheck(name, "columns: one has no name");
    }
  }

  private static List<String> arguments(DatasetCheck check) {
    List<String> names = new ArrayList<>();
    if (check.arguments() != null) {
      Contract.read(Contract.write(check.arguments()), ObjectNode.class)
          .fieldNames()
          .forEachRemaining(names::add);
    }
    return names;
  }

  private static CheckShape of(String name, DatasetCheck check) {
    return switch (check.metric()) {
      case ROW_COUNT -> rows(Takes.NOTHING, EnumSet.of(Unit.ROWS));
      case NULL_VALUES -> rows(Takes.ONE, COUNTED);
      case MISSING_VALUES -> rows(Takes.ONE, COUNTED, "missingValues");
      case INVALID_VALUES ->
          rows(
              Takes.ONE, COUNTED, "validValues", "pattern", "min", "max", "minLength", "maxLength");
      case DUPLICATE_VALUES -> rows(Takes.ONE_OR_MORE, COUNTED);
      case MIN, MAX, MEAN, SUM, STDDEV, ENTROPY -> rows(Takes.ONE, NONE);
      case QUANTILE -> rows(Takes.ONE, NONE, "quantile");
      case DISTINCT_COUNT, UNIQUE_RATIO -> rows(Takes.ONE_OR_MORE, NONE);
      case CORRELATION -> rows(Takes.TWO, NONE);
      case FRESHNESS -> rows(Takes.ONE, TIMES);
      case SCHEMA -> versions(Takes.NOTHING, NONE, "evolution", "against");
      case REFERENTIAL_INTEGRITY -> rows(Takes.ONE_OR_MORE, COUNTED, "table", "tableColumns");
      case SQL -> rows(Takes.NOTHING, NONE);
      case CHANGE -> following(name, check, EnumSet.of(Unit.ROWS, Unit.PERCENT), "of", "against");
      case ANOMALY ->
          following(
              name, check, EnumSet.allOf(Unit.class), "of", "strategy", "history", "minHistory");
      case DRIFT -> rows(Takes.ONE, NONE, "method", "bins", "against");
      case LABEL_DRIFT -> rows(Takes.NOTHING, NONE, "method", "bins", "against");
      case SPLIT_OVERLAP, ROW_OVERLAP, CONFLICTING_LABELS -> rows(Takes.ANY, COUNTED);
      case TIME_OVERLAP -> rows(Takes.ANY, COUNTED);
      case NEW_CATEGORIES -> rows(Takes.ANY, COUNTED, "against");
      case SINGLE_FEATURE_SCORE -> rows(Takes.ANY, NONE);
    };
  }

  private static CheckShape rows(Takes takes, Set<Unit> units, String... arguments) {
    return new CheckShape(takes, new LinkedHashSet<>(List.of(arguments)), units, true);
  }

  private static CheckShape versions(Takes takes, Set<Unit> units, String... arguments) {
    return new CheckShape(takes, new LinkedHashSet<>(List.of(arguments)), units, false);
  }

  /** As the metric that is followed, with more arguments. */
  private static CheckShape following(
      String name, DatasetCheck check, Set<Unit> units, String... arguments) {
    if (check.arguments() == null || check.arguments().of() == null) {
      throw CheckFailures.invalidCheck(
          name, "arguments.of: " + check.metric().word() + " needs the metric that it follows");
    }
    if (!isFollowable(check.arguments().of())) {
      throw CheckFailures.invalidCheck(
          name,
          "arguments.of: %s cannot follow %s"
              .formatted(check.metric().word(), check.arguments().of().word()));
    }
    CheckShape of = of(name, followed(check, null));
    Set<String> all = new LinkedHashSet<>(List.of(arguments));
    all.addAll(of.arguments);
    Set<Unit> both = EnumSet.noneOf(Unit.class);
    both.addAll(check.metric() == Metric.CHANGE ? units : of.units);
    return new CheckShape(of.takes, all, both, of.where);
  }

  private static boolean isFollowable(Metric metric) {
    return switch (metric) {
      case ROW_COUNT,
          NULL_VALUES,
          MISSING_VALUES,
          INVALID_VALUES,
          DUPLICATE_VALUES,
          MIN,
          MAX,
          MEAN,
          SUM,
          STDDEV,
          QUANTILE,
          DISTINCT_COUNT,
          UNIQUE_RATIO,
          ENTROPY,
          CORRELATION ->
          true;
      case FRESHNESS,
          SCHEMA,
          REFERENTIAL_INTEGRITY,
          SQL,
          CHANGE,
          DRIFT,
          ANOMALY,
          SPLIT_OVERLAP,
          TIME_OVERLAP,
          ROW_OVERLAP,
          NEW_CATEGORIES,
          LABEL_DRIFT,
          CONFLICTING_LABELS,
          SINGLE_FEATURE_SCORE ->
          false;
    };
  }
}
