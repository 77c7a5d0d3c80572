package dev.firstday.trainer.check.drift;

import dev.firstday.api.DatasetCheck.DriftMethod;
import dev.firstday.api.DatasetSpec;
import dev.firstday.trainer.sql.Sql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The SQL that counts a column: {@link #edges} asks the reference for its bins, {@link #read} makes
 * them, {@link #profile} counts a table by them and {@link #distribution} reads the counts.
 *
 * <p>Numbers, days and times get bins between quantiles of the reference, which hold equally many
 * of its rows (Yurdakul and Naranjo, "Statistical properties of the population stability index", J.
 * Risk Model Validation 2020); a value that is so frequent that two quantiles fall on it gets a bin
 * of its own. Texts and booleans get one for each of the most frequent values.
 *
 * @param column name of the column
 * @param type as declared
 * @param size how many bins are wanted, at least 2; there may be fewer
 */
public record DriftQuery(String column, DatasetSpec.Type type, int size) {
  /** A category of fewer rows than this is one of the others (Cochran's rule for chi-square). */
  private static final int LEAST_ROWS = 5;

  /** Squares of what lies beyond would overflow. */
  private static final double GREATEST = 1e150;

  private static final int MISSING = -1;

  public DriftQuery {
    if (size < 2) {
      throw new IllegalArgumentException("a distribution has at least 2 bins, not " + size);
    }
  }

  /**
   * @param asked how many bins the check wants; null: 10, and 100 where bins only stand for the
   *     values themselves and more of them cost no certainty
   */
  public static DriftQuery of(DatasetSpec.Column column, DriftMethod method, Integer asked) {
    int size = asked != null ? asked : Drift.needsNumbers(method) ? 100 : 10;
    return new DriftQuery(column.name(), column.type(), size);
  }

  /** Whether values of the type have an order and distances. */
  public static boolean isNumber(DatasetSpec.Type type) {
    return switch (type) {
      case INTEGER, BIGINT, DOUBLE, DATE, TIMESTAMP -> true;
      case BOOLEAN, VARCHAR -> false;
    };
  }

  /**
   * Asks the reference for what bins are made of. Holds one column in memory, 8 bytes a row.
   *
   * @param table name of a table or view
   * @param condition only rows for which it is true; null: all
   */
  public String edges(String table, String condition) {
    if (isNumber(type)) {
      String levels =
          IntStream.rangeClosed(0, size)
              .mapToObj(i -> Double.toString((double) i / size))
              .collect(Collectors.joining(", "));
      return "SELECT unnest(quantile_disc(x, [%s])) FROM (%s) WHERE x IS NOT NULL"
          .formatted(levels, values(table, condition));
    }
    return ("SELECT x FROM (%s) WHERE x IS NOT NULL GROUP BY x HAVING count(*) >= %d"
            + " ORDER BY count(*) DESC, x LIMIT %d")
        .formatted(values(table, condition), LEAST_ROWS, size - 1);
  }

  /**
   * @param rows what {@link #edges} gave
   */
  public Bins read(List<List<Object>> rows) {
    if (!isNumber(type)) {
      return new Bins.Categories(rows.stream().map(row -> (String) row.get(0)).toList());
    }
    List<Double> quantiles =
        rows.stream().map(row -> ((Number) row.get(0)).doubleValue() + 0.0).toList();
    TreeSet<Double> edges = new TreeSet<>();
    for (int i = 1; i < quantiles.size(); i++) {
      double value = quantiles.get(i);
      boolean frequent = value == quantiles.get(i - 1);
      if (frequent) {
        edges.add(Math.nextDown(value));
      }
      if (frequent || i < quantiles.size() - 1) {
        edges.add(value);
      }
    }
    return new Bins.Ranges(List.copyOf(edges));
  }

  /**
   * Counts a table: a row for each bin that is not empty, with its number, rows, mean and standard
   * deviation.
   *
   * @param bins of the reference
   * @param table name of a table or view
   * @param condition only rows for which it is true; null: all
   */
  public String profile(Bins bins, String table, String condition) {
    String bin;
    String moments;
    if (bins instanceof Bins.Ranges ranges) {
      bin = range(ranges.edges(), 0, ranges.edges().size());
      moments = "coalesce(avg(x), 0), coalesce(stddev_pop(x), 0)";
    } else {
      bin = category(((Bins.Categories) bins).values());
      moments = "0, 0";
    }
    return ("SELECT bin, count(*), %s FROM (SELECT x, CASE WHEN x IS NULL THEN %d ELSE %s END AS bin"
            + " FROM (%s)) GROUP BY bin ORDER BY bin")
        .formatted(moments, MISSING, bin, values(table, condition));
  }

  /**
   * @param rows what {@link #profile} gave
   */
  public Distribution distribution(Bins bins, List<List<Object>> rows) {
    List<Distribution.Bin> counted =
        new ArrayList<>(Collections.nCopies(bins.size(), new Distribution.Bin(0, 0, 0)));
    long missing = 0;
    for (List<Object> row : rows) {
      int bin = ((Number) row.get(0)).intValue();
      long count = ((Number) row.get(1)).longValue();
      if (bin == MISSING) {
        missing = count;
      } else {
        counted.set(bin, new Distribution.Bin(count, number(row.get(2)), number(row.get(3))));
      }
    }
    return new Distribution(bins, counted, missing);
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  /** The column as x; what is no value, or none to count with, is NULL. */
  private String values(String table, String condition) {
    String name = Sql.name(column);
    String value =
        switch (type) {
          case INTEGER, BIGINT -> "CAST(" + name + " AS DOUBLE)";
          case DOUBLE ->
              "CASE WHEN isfinite(%s) THEN greatest(least(%s, %s), %s) END"
                  .formatted(name, name, Sql.number(GREATEST), Sql.number(-GREATEST));
          case DATE, TIMESTAMP ->
              "CASE WHEN isfinite(%s) THEN epoch(CAST(%s AS TIMESTAMP)) END".formatted(name, name);
          case BOOLEAN, VARCHAR -> "CAST(" + name + " AS VARCHAR)";
        };
    String where = condition == null ? "" : " WHERE (" + condition + ")";
    return "SELECT " + value + " AS x FROM " + Sql.name(table) + where;
  }

  /** Halves the edges again and again, so that each value is compared with few of them. */
  private static String range(List<Double> edges, int from, int to) {
    if (from == to) {
      return Integer.toString(from);
    }
    int middle = (from + to) / 2;
    return "CASE WHEN x <= %s THEN %s ELSE %s END"
        .formatted(
            Sql.number(edges.get(middle)),
            range(edges, from, middle),
            range(edges, middle + 1, to));
  }

  private static String category(List<String> values) {
    if (values.isEmpty()) {
      return "0";
    }
    return IntStream.range(0, values.size())
        .mapToObj(i -> " WHEN " + Sql.text(values.get(i)) + " THEN " + i)
        .collect(Collectors.joining("", "CASE x", " ELSE " + values.size() + " END"));
  }
}
