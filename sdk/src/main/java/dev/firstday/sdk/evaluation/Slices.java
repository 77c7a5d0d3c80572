package dev.firstday.sdk.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.data.Columns;
import dev.firstday.sdk.model.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How the model does on parts of the validation split.
 *
 * @param metric the one that goes with the loss
 * @param whole its value on all rows
 * @param declared each part of the columns that the spec names; the intervals hold with 95 % each
 * @param worst the worst parts found among the inputs, the worst first. Who looks at many parts
 *     finds bad ones by chance, so their intervals are as wide as holding all together with 95 %
 *     asks (Bonferroni); those that begin above the whole's value are really worse
 * @param looked how many parts were looked at to find them
 * @param leastRows smaller parts were not looked at
 */
public record Slices(
    MetricName metric,
    double whole,
    List<Slice> declared,
    List<Slice> worst,
    int looked,
    int leastRows) {
  private static final String OTHERS = "(others)";
  private static final int MOST_VALUES = 20;
  private static final int MOST_WORST = 10;
  private static final int LEAST_ROWS = 20;
  private static final int LEAST_SHARE = 200;
  private static final double CONFIDENCE = 0.95;

  /**
   * Rows that have a column's value, or one of a band.
   *
   * @param score the metric, with its interval (by the normal distribution of a mean); one row has
   *     none
   * @param baseline the best constant's, on the same rows: some parts are harder for anybody
   * @param observed mean label; none of classes and of several labels
   * @param predicted mean answer; none likewise
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Slice(
      String column,
      String value,
      int rows,
      double score,
      Double lower,
      Double upper,
      double baseline,
      Double observed,
      Double predicted) {}

  /**
   * @param bounds for each declared column, in order, where one band ends and the next begins;
   *     empty: its values or quartiles
   * @param inputs the columns among whose parts the worst are looked for
   */
  public static Slices of(
      Scored scored, Columns rows, Map<String, List<Double>> bounds, List<String> inputs) {
    List<Slice> declared = new ArrayList<>();
    bounds.forEach(
        (column, at) ->
            declared.addAll(
                Part.of(scored, column, grouped(bands(rows, column, at)))
                    .slices(1, 1, rows.rows())));
    int least = Math.max(LEAST_ROWS, rows.rows() / LEAST_SHARE);
    // one column after the other: all together may be more than the memory holds
    List<Part> parts =
        inputs.stream().map(name -> Part.of(scored, name, bands(rows, name, List.of()))).toList();
    int looked = parts.stream().mapToInt(part -> part.count(least, rows.rows() - 1)).sum();
    List<Slice> worst =
        parts.stream()
            .flatMap(part -> part.slices(looked, least, rows.rows() - 1).stream())
            .filter(slice -> slice.score() > scored.whole())
            .sorted(Comparator.comparingDouble(Slice::lower).reversed())
            .limit(MOST_WORST)
            .toList();
    return new Slices(scored.losses().metric(), scored.whole(), declared, worst, looked, least);
  }

  private static Bands bands(Columns rows, String column, List<Double> bounds) {
    return Bands.of(rows.column(column), rows.rows(), bounds.isEmpty() ? null : bounds);
  }

  private static int[] sizes(Bands bands) {
    int[] counts = new int[bands.names().size()];
    for (int band : bands.bandOf()) {
      counts[band]++;
    }
    return counts;
  }

  /** Of many values the rare ones together. */
  private static Bands grouped(Bands bands) {
    int[] counts = sizes(bands);
    if (IntStream.of(counts).filter(count -> count > 0).count() <= MOST_VALUES) {
      return bands;
    }
    int[] kept =
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(Comparator.comparing(band -> -counts[band]))
            .limit(MOST_VALUES - 1L)
            .mapToInt(Integer::intValue)
            .toArray();
    int[] places = new int[counts.length];
    Arrays.fill(places, kept.length);
    List<String> names = new ArrayList<>();
    for (int band : kept) {
      places[band] = names.size();
      names.add(bands.names().get(band));
    }
    names.add(OTHERS);
    return new Bands(names, IntStream.of(bands.bandOf()).map(band -> places[band]).toArray());
  }

  /**
   * What the rows cost.
   *
   * @param answers for each row the task's outputs
   * @param labels for each row 0 or 1, the class's index, the number, or the set of labels
   * @param losses the model's
   * @param baseline the best constant's
   */
  public record Scored(
      Task task, double[][] answers, double[] labels, RowLosses losses, RowLosses baseline) {
    /**
     * @param metric the one that goes with the loss
     */
    public static Scored of(
        Task task, MetricName metric, double[][] answers, double[] labels, Baseline baseline) {
      double[][] constant = new double[labels.length][];
      Arrays.fill(constant, baseline.metrics().get(metric).answer());
      return new Scored(
          task,
          answers,
          labels,
          RowLosses.of(metric, task, answers, labels),
          RowLosses.of(metric, task, constant, labels));
    }

    double whole() {
      return losses.value();
    }
  }

  /** One column's bands, measured: for each of them, means over its rows. */
  private record Part(
      Scored scored,
      String column,
      List<String> names,
      int[] counts,
      double[] means,
      double[] variances,
      double[] baselines,
      double[] observed,
      double[] predicted) {
    static Part of(Scored scored, String column, Bands bands) {
      int[] counts = sizes(bands);
      double[] means = means(bands, row -> scored.losses().values()[row], counts);
      return new Part(
          scored,
          column,
          bands.names(),
          counts,
          means,
          means(
              bands,
              row -> square(scored.losses().values()[row] - means[bands.bandOf()[row]]),
              counts),
          means(bands, row -> scored.baseline().values()[row], counts),
          means(bands, row -> scored.labels()[row], counts),
          means(bands, row -> scored.answers()[row][0], counts));
    }

    private boolean isWithin(int band, int least, int most) {
      return counts[band] >= least && counts[band] <= most;
    }

    /** Bands of at least and at most so many rows. */
    int count(int least, int most) {
      return (int)
          IntStream.range(0, counts.length).filter(band -> isWithin(band, least, most)).count();
    }

    /**
     * The same, as slices.
     *
     * @param looked among how many they are
     */
    List<Slice> slices(int looked, int least, int most) {
      double z =
          new NormalDistribution()
              .inverseCumulativeProbability(1 - (1 - CONFIDENCE) / 2 / Math.max(1, looked));
      return IntStream.range(0, counts.length)
          .filter(band -> isWithin(band, least, most))
          .mapToObj(band -> slice(band, z))
          .toList();
    }

    private Slice slice(int band, double z) {
      // one row says nothing of how rows differ
      boolean one = counts[band] == 1;
      double reach = one ? 0 : z * Math.sqrt(variances[band] / (counts[band] - 1));
      boolean numbers =
          scored.task() instanceof Task.Binary || scored.task() instanceof Task.Regression;
      return new Slice(
          column,
          names.get(band),
          counts[band],
          scored.losses().ofMean(means[band]),
          one ? null : scored.losses().ofMean(means[band] - reach),
          one ? null : scored.losses().ofMean(means[band] + reach),
          scored.baseline().ofMean(baselines[band]),
          numbers ? observed[band] : null,
          numbers ? predicted[band] : null);
    }

    private static double[] means(Bands bands, IntToDoubleFunction value, int[] counts) {
      double[] means = new double[counts.length];
      for (int row = 0; row < bands.bandOf().length; row++) {
        means[bands.bandOf()[row]] += value.applyAsDouble(row);
      }
      for (int band = 0; band < means.length; band++) {
        means[band] /= counts[band];
      }
      return means;
    }

    private static double square(double value) {
      return value * value;
    }
  }
}
