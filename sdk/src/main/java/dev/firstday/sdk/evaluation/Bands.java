package dev.firstday.sdk.evaluation;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.data.Table;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A column's rows in groups: by value for texts, yes and no, and whole numbers of a few values; in
 * bands for other numbers and for times.
 *
 * @param names of the groups
 * @param bandOf for each row its group's index
 */
record Bands(List<String> names, int[] bandOf) {
  static final String MISSING = "(missing)";

  private static final int MOST_WHOLE_VALUES = 20;
  private static final int QUANTILES = 4;
  private static final MathContext DIGITS = new MathContext(4);

  /**
   * @param bounds where one band of a number ends and the next begins, ascending; null: quartiles,
   *     or the values themselves
   */
  static Bands of(Table.Column column, int rows, List<Double> bounds) {
    if (column instanceof Table.Texts texts) {
      return texts(texts, rows);
    }
    double[] values = values(column, rows);
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (bounds != null) {
      return cut(
          values, bounds.stream().mapToDouble(bound -> bound).toArray(), words(column.type()));
    }
    double[] distinct = Arrays.stream(sorted).distinct().limit(MOST_WHOLE_VALUES + 1L).toArray();
    boolean whole = column instanceof Table.Longs && !isTime(column.type());
    return whole && distinct.length <= MOST_WHOLE_VALUES
        ? single(values, distinct, words(column.type()))
        : cut(values, quantiles(sorted), words(column.type()));
  }

  private static Bands texts(Table.Texts texts, int rows) {
    List<String> names = new ArrayList<>(texts.dictionary());
    names.add(MISSING);
    int[] bandOf = new int[rows];
    for (int row = 0; row < rows; row++) {
      bandOf[row] = texts.missing().get(row) ? names.size() - 1 : texts.codes()[row];
    }
    return new Bands(names, bandOf);
  }

  /** NaN where a value is missing. */
  private static double[] values(Table.Column column, int rows) {
    double[] values = new double[rows];
    for (int row = 0; row < rows; row++) {
      if (column.missing().get(row)) {
        values[row] = Double.NaN;
      } else if (column instanceof Table.Doubles doubles) {
        values[row] = doubles.values()[row];
      } else {
        values[row] = ((Table.Longs) column).values()[row];
      }
    }
    return values;
  }

  private static double[] quantiles(double[] sorted) {
    if (sorted.length == 0) {
      return new double[0];
    }
    double[] bounds = new double[QUANTILES - 1];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = sorted[(int) ((i + 1L) * sorted.length / QUANTILES)];
    }
    // a bound that is the least value would have no row below it
    return Arrays.stream(bounds).filter(bound -> bound > sorted[0]).distinct().toArray();
  }

  private static Bands single(double[] values, double[] distinct, DoubleFunction<String> words) {
    List<String> names = new ArrayList<>(Arrays.stream(distinct).mapToObj(words).toList());
    names.add(MISSING);
    int[] bandOf = new int[values.length];
    for (int row = 0; row < values.length; row++) {
      bandOf[row] =
          Double.isNaN(values[row]) ? distinct.length : Arrays.binarySearch(distinct, values[row]);
    }
    return new Bands(names, bandOf);
  }

  /** A bound belongs to the band above it. */
  private static Bands cut(double[] values, double[] bounds, DoubleFunction<String> words) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i <= bounds.length; i++) {
      names.add(name(bounds, i, words));
    }
    names.add(MISSING);
    int[] bandOf = new int[values.length];
    for (int row = 0; row < values.length; row++) {
      int band = 0;
      while (band < bounds.length && values[row] >= bounds[band]) {
        band++;
      }
      bandOf[row] = Double.isNaN(values[row]) ? bounds.length + 1 : band;
    }
    return new Bands(names, bandOf);
  }

  private static String name(double[] bounds, int band, DoubleFunction<String> words) {
    if (bounds.length == 0) {
      return "any";
    }
    if (band == 0) {
      return "below " + words.apply(bounds[0]);
    }
    return band == bounds.length
        ? "from " + words.apply(bounds[band - 1])
        : "from %s to below %s".formatted(words.apply(bounds[band - 1]), words.apply(bounds[band]));
  }

  private static boolean isTime(DatasetSpec.Type type) {
    return type == DatasetSpec.Type.DATE || type == DatasetSpec.Type.TIMESTAMP;
  }

  private static DoubleFunction<String> words(DatasetSpec.Type type) {
    return switch (type) {
      case BOOLEAN -> value -> value == 0 ? "false" : "true";
      case DATE -> value -> moment(value).atZone(ZoneOffset.UTC).toLocalDate().toString();
      case TIMESTAMP ->
          value ->
              DateTimeFormatter.ISO_INSTANT.format(moment(value).truncatedTo(ChronoUnit.SECONDS));
      case INTEGER, BIGINT -> value -> new BigDecimal(value).toPlainString();
      case DOUBLE, VARCHAR ->
          value ->
              Double.isInfinite(value)
                  ? Double.toString(value)
                  : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    };
  }

  private static Instant moment(double micros) {
    return Instant.EPOCH.plus((long) micros, ChronoUnit.MICROS);
  }
}
