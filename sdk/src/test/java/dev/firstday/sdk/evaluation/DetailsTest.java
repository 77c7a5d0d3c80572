package dev.firstday.sdk.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.evaluation.LossCurve.Point;
import dev.firstday.sdk.model.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Against scikit-learn 1.9.1 and NumPy on 400 rows:
 *
 * <pre>
 * i = np.arange(400); s = ((i*37) % 101) / 101; y = ((i*53) % 97) / 97 &lt; s
 * average_precision_score(y, s); confusion_matrix(y, s &gt;= .5); calibration_curve(y, s, n_bins=10)
 * roc_curve(y, s, drop_intermediate=False); precision_recall_curve(y, s)
 * label = 100*s + (i*53) % 97 - 48; answer = 100*s
 * d = rng.integers(0, 400, 400)  # 20000 times: np.percentile(metric of row d, [2.5, 97.5])
 * </pre>
 */
class DetailsTest {
  private static final Task LATE = new Task.Binary("late");
  private static final Task DELAY = new Task.Regression("delay", 10, 4);
  private static final int ROWS = 400;
  private static final double[] SCORES =
      IntStream.range(0, ROWS).mapToDouble(i -> i * 37 % 101 / 101.0).toArray();
  private static final double[] LABELS =
      IntStream.range(0, ROWS).mapToDouble(i -> i * 53 % 97 / 97.0 < SCORES[i] ? 1 : 0).toArray();
  private static final double[] NUMBERS =
      IntStream.range(0, ROWS).mapToDouble(i -> 100 * SCORES[i] + i * 53 % 97 - 48).toArray();

  @Test
  void intervalsAreThoseOfMoreResamples() {
    Bootstrap bootstrap = Bootstrap.of(LATE, answers(1), LABELS, 7);

    assertThat(bootstrap.resamples()).isEqualTo(1000);
    assertThat(bootstrap.rows()).isEqualTo(ROWS);
    assertClose(bootstrap, MetricName.AUC, 0.77732, 0.85880, 0.006);
    assertClose(bootstrap, MetricName.LOG_LOSS, 0.47165, 0.57798, 0.008);
    assertClose(bootstrap, MetricName.BRIER, 0.15375, 0.19430, 0.003);
    assertClose(bootstrap, MetricName.ACCURACY, 0.7075, 0.7925, 0.006);
    assertThat(Bootstrap.of(LATE, answers(1), LABELS, 7)).isEqualTo(bootstrap);
    assertThat(Bootstrap.of(LATE, answers(1), LABELS, 8)).isNotEqualTo(bootstrap);

    Bootstrap numbers = Bootstrap.of(DELAY, answers(100), NUMBERS, 7);
    assertClose(numbers, MetricName.RMSE, 26.8372, 29.2826, 0.2);
    assertClose(numbers, MetricName.R2, 0.47617, 0.58406, 0.008);
  }

  /** Where most draws have no yes at all, AUC means nothing. */
  @Test
  void metricThatMostDrawsLeaveUndefinedHasNoInterval() {
    double[] labels = new double[6];
    labels[3] = 1;
    double[][] answers =
        DoubleStream.of(1, 2, 3, 4, 5, 6)
            .mapToObj(a -> new double[] {a / 10})
            .toArray(double[][]::new);

    Map<MetricName, Interval> most = Bootstrap.of(LATE, answers, labels, 1).intervals();
    labels[3] = 0;
    Map<MetricName, Interval> none = Bootstrap.of(LATE, answers, labels, 1).intervals();

    assertThat(most).containsKey(MetricName.AUC);
    assertThat(none).doesNotContainKey(MetricName.AUC).containsKey(MetricName.LOG_LOSS);
  }

  @Test
  void largeSplitIsStoodForByASample() {
    double[] labels = IntStream.range(0, 300_000).mapToDouble(row -> row % 2).toArray();
    double[][] answers = new double[labels.length][];
    Arrays.fill(answers, new double[] {0.5});

    Bootstrap bootstrap = Bootstrap.of(LATE, answers, labels, 1);

    assertThat(bootstrap.rows()).isEqualTo(200_000);
    assertThat(bootstrap.resamples()).isEqualTo(200);
    assertThat(bootstrap.intervals().get(MetricName.AUC)).isEqualTo(new Interval(0.5, 0.5));
  }

  @Test
  void confusionCountsRowsOfEachPair() {
    Confusion confusion = details(LATE, answers(1), LABELS).confusion();

    assertThat(confusion.classes()).containsExactly("false", "true");
    assertThat(confusion.rows()).isDeepEqualTo(new int[][] {{151, 48}, {52, 149}});
    assertThat(details(DELAY, answers(100), NUMBERS).confusion()).isNull();
  }

  @Test
  void rareClassesAreCountedTogether() {
    List<String> classes = IntStream.range(0, 40).mapToObj(i -> "c" + i).toList();
    double[] labels = IntStream.range(0, 100).mapToDouble(row -> row % 40).toArray();
    double[][] answers = new double[100][40];
    for (int row = 0; row < 100; row++) {
      answers[row][row < 50 ? row % 40 : 39] = 1;
    }

    Confusion confusion = Confusion.of(new Task.Classes("kind", classes), answers, labels);

    // classes 0 to 19 have three rows each, the others two
    assertThat(confusion.classes()).hasSize(31).startsWith("c0", "c1").endsWith("c29", "(others)");
    assertThat(confusion.rows()[0]).startsWith(2, 0).endsWith(1);
    assertThat(Arrays.stream(confusion.rows()).flatMapToInt(Arrays::stream).sum()).isEqualTo(100);
  }

  @Test
  void curveHasEachThresholdsRates() {
    RankCurve curve = details(LATE, answers(1), LABELS).curves().get(0);

    assertThat(curve.of()).isEqualTo("late");
    assertThat(curve.averagePrecision()).isCloseTo(0.8212315113076065, within(1e-12));
    assertThat(curve.points())
        .filteredOn(point -> Math.abs(point.threshold() - 50 / 101.0) < 1e-9)
        .singleElement()
        .satisfies(p -> assertThat(p.falsePositiveRate()).isCloseTo(0.25125628, within(1e-8)))
        .satisfies(p -> assertThat(p.recall()).isCloseTo(0.75124378, within(1e-8)))
        .satisfies(p -> assertThat(p.precision()).isCloseTo(0.75124378, within(1e-8)));
    assertThat(curve.points().get(curve.points().size() - 1))
        .isEqualTo(new RankCurve.Point(0, 1, 1, 201 / 400.0));
  }

  @Test
  void curveOfManyThresholdsIsThinnedAndKeepsItsEnd() {
    double[][] answers =
        IntStream.range(0, 50_000).mapToObj(i -> new double[] {i / 5e4}).toArray(double[][]::new);
    double[] labels = IntStream.range(0, 50_000).mapToDouble(i -> i * 7 % 3 == 0 ? 1 : 0).toArray();

    RankCurve curve = details(LATE, answers, labels).curves().get(0);

    assertThat(curve.points()).hasSizeBetween(150, 200);
    assertThat(curve.points().get(curve.points().size() - 1).recall()).isEqualTo(1);
  }

  @Test
  void eachOfAFewClassesHasACurve() {
    Task.Classes task = new Task.Classes("kind", List.of("a", "b", "c"));
    double[][] answers = {{0.8, 0.1, 0.1}, {0.2, 0.7, 0.1}, {0.6, 0.3, 0.1}, {0.1, 0.8, 0.1}};

    List<RankCurve> curves = details(task, answers, new double[] {0, 1, 1, 0}).curves();

    assertThat(curves).extracting(RankCurve::of).containsExactly("a", "b");
    // a's own rows are the first and the last in the order of 0.8 0.6 0.2 0.1
    assertThat(curves.get(0).averagePrecision()).isEqualTo(0.5 * 1 + 0.5 * 2 / 4);
  }

  @Test
  void calibrationIsThatOfTenBins() {
    Calibration calibration = details(LATE, answers(1), LABELS).calibration();

    assertThat(calibration.error()).isCloseTo(0.03987623762376242, within(1e-12));
    assertThat(calibration.bins().stream().map(Calibration.Bin::rows))
        .containsExactly(44, 40, 39, 40, 40, 39, 39, 40, 40, 39);
    assertThat(calibration.bins().get(2).predicted()).isCloseTo(0.25209444, within(1e-8));
    assertThat(calibration.bins().get(2).observed()).isCloseTo(0.25641026, within(1e-8));
  }

  @Test
  void numbersAreComparedInGroupsOfAsManyRows() {
    Calibration calibration = details(DELAY, answers(100), NUMBERS).calibration();

    assertThat(calibration.error()).isCloseTo(3.2375, within(1e-9));
    assertThat(calibration.bins()).hasSize(10).allMatch(bin -> bin.rows() == 40);
    assertThat(calibration.bins().get(9).predicted()).isCloseTo(94.52970297, within(1e-8));
    assertThat(calibration.bins().get(9).observed()).isCloseTo(100.75470297, within(1e-8));
  }

  @Test
  void lossesOfBothSplitsAreInTheSameUnit() {
    Map<MetricName, Double> numbers = Map.of(MetricName.RMSE, 6.0, MetricName.MAE, 5.0);

    assertThat(LossCurve.validation(DELAY, false, numbers)).isEqualTo(2.25);
    assertThat(LossCurve.validation(DELAY, true, numbers)).isEqualTo(1.25);
    assertThat(LossCurve.validation(LATE, false, Map.of(MetricName.LOG_LOSS, 0.3))).isEqualTo(0.3);
  }

  @Test
  void longLossCurveKeepsFirstBestAndLastEpoch() {
    List<Point> all = IntStream.rangeClosed(1, 3000).mapToObj(e -> new Point(e, 1, 1)).toList();

    assertThat(LossCurve.of(all, 1234).points())
        .hasSizeLessThanOrEqualTo(200)
        .hasSizeGreaterThan(150)
        .extracting(Point::epoch)
        .startsWith(1)
        .contains(1234)
        .endsWith(3000);
    assertThat(LossCurve.thinned(all.subList(0, 5), 2, 5)).hasSize(5);
    assertThat(LossCurve.thinned(all, 3000, 12)).hasSizeLessThanOrEqualTo(12);
  }

  private static void assertClose(
      Bootstrap bootstrap, MetricName metric, double lower, double upper, double tolerance) {
    assertThat(bootstrap.intervals().get(metric).lower()).isCloseTo(lower, within(tolerance));
    assertThat(bootstrap.intervals().get(metric).upper()).isCloseTo(upper, within(tolerance));
  }

  private static double[][] answers(double scale) {
    return Arrays.stream(SCORES).mapToObj(s -> new double[] {scale * s}).toArray(double[][]::new);
  }

  private static Details details(Task task, double[][] answers, double[] labels) {
    return Details.of(
        task,
        answers,
        labels,
        new Bootstrap(0, 0, Map.of()),
        new Details.LinearFit(0, 0),
        LossCurve.of(List.of(new Point(1, 1, 1)), 1),
        null,
        null);
  }
}
