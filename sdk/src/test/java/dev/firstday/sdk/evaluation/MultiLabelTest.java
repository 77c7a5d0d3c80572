package dev.firstday.sdk.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.EvaluationSummary;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.evaluation.Constant.Rule;
import dev.firstday.sdk.model.Task;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several labels, against scikit-learn 1.9.1 where it has the same figure. */
class MultiLabelTest {
  private static final int ROWS = 400;
  private static final Task.MultiLabel TASK = new Task.MultiLabel(List.of("late", "full", "cheap"));

  /**
   *
   *
   * <pre>
   * y = np.c_[i*53%97/97 < i*37%101/101, i*29%89/89 < 0.25*(1 + i*41%103/103), i*31%83/83 < 0.9]
   * s = np.c_[i*37%101/101, 0.4*(1 + i*41%103/103), 0.3 + 0.7*(i*43%107/107)]
   * </pre>
   */
  private static final double[] SETS =
      IntStream.range(0, ROWS)
          .mapToDouble(
              i ->
                  (i * 53 % 97 / 97.0 < i * 37 % 101 / 101.0 ? 0b001 : 0)
                      + (i * 29 % 89 / 89.0 < 0.25 * (1 + i * 41 % 103 / 103.0) ? 0b010 : 0)
                      + (i * 31 % 83 / 83.0 < 0.9 ? 0b100 : 0))
          .toArray();

  private static final double[][] ANSWERS =
      IntStream.range(0, ROWS)
          .mapToObj(
              i ->
                  new double[] {
                    i * 37 % 101 / 101.0,
                    0.25 * (1 + i * 41 % 103 / 103.0) * 1.6,
                    0.3 + 0.7 * (i * 43 % 107 / 107.0)
                  })
          .toArray(double[][]::new);

  /**
   * {@code roc_auc_score, f1_score(average='macro' and 'micro'), hamming_loss, accuracy_score}; the
   * log-loss is the mean of all cells, as Keras' binary_crossentropy has it.
   */
  @Test
  void metricsAreThoseOfScikitLearn() {
    Map<MetricName, Double> metrics = Metrics.of(TASK, ANSWERS, SETS);

    assertThat(metrics).containsOnlyKeys(TASK.metrics());
    assertThat(metrics.get(MetricName.MACRO_AUC)).isCloseTo(0.6388398184142666, within(1e-12));
    assertThat(metrics.get(MetricName.MACRO_F1)).isCloseTo(0.6971272853308461, within(1e-12));
    assertThat(metrics.get(MetricName.MICRO_F1)).isCloseTo(0.7072192513368984, within(1e-12));
    assertThat(metrics.get(MetricName.HAMMING_LOSS)).isCloseTo(0.365, within(1e-12));
    assertThat(metrics.get(MetricName.SUBSET_ACCURACY)).isEqualTo(0.245);
    assertThat(metrics.get(MetricName.LOG_LOSS)).isCloseTo(0.6164547459000215, within(1e-12));
  }

  /** {@code roc_auc_score, average_precision_score, f1_score, confusion_matrix} of each column. */
  @Test
  void eachLabelIsLookedAtForItself() {
    List<LabelScore> labels = LabelScore.of(TASK, ANSWERS, SETS);

    assertThat(labels).extracting(LabelScore::label).containsExactly("late", "full", "cheap");
    LabelScore full = labels.get(1);
    assertThat(full.auc()).isCloseTo(0.5831073074391047, within(1e-12));
    assertThat(full.averagePrecision()).isCloseTo(0.4527056797220097, within(1e-12));
    assertThat(full.f1()).isCloseTo(0.5482456140350878, within(1e-12));
    assertThat(List.of(full.rest(), full.falseAlarms(), full.misses(), full.hits()))
        .containsExactly(69, 176, 30, 125);
    // that of the one label is DetailsTest's
    assertThat(labels.get(0).calibrationError()).isCloseTo(0.03988, within(1e-5));
  }

  @Test
  void detailsHaveATableAndACurveOfEachLabelAndNoConfusion() {
    Bootstrap bootstrap = Bootstrap.of(TASK, ANSWERS, SETS, 1);
    Details details =
        Details.of(
            TASK,
            ANSWERS,
            SETS,
            bootstrap,
            new Details.LinearFit(1, 1),
            LossCurve.of(List.of(new LossCurve.Point(1, 1, 1)), 1),
            null,
            null);

    assertThat(bootstrap.intervals()).containsOnlyKeys(TASK.metrics());
    bootstrap
        .intervals()
        .forEach(
            (metric, interval) ->
                assertThat(Metrics.of(TASK, ANSWERS, SETS).get(metric))
                    .as("%s", metric)
                    .isBetween(interval.lower(), interval.upper()));
    assertThat(details.confusion()).isNull();
    assertThat(details.labels()).hasSize(3);
    assertThat(details.curves()).extracting(RankCurve::of).containsExactlyElementsOf(TASK.labels());
    assertThat(details.calibration().bins().stream().mapToInt(Calibration.Bin::rows).sum())
        .as("a row counts once for each label")
        .isEqualTo(3 * ROWS);
    String written = Contract.write(details);
    assertThat(Contract.write(Contract.read(written, Details.class))).isEqualTo(written);
  }

  /** Where one output's loss is told of each row, it sums to the metric. */
  @Test
  void rowsCostTheMeanOfTheirLabels() {
    RowLosses losses = RowLosses.of(MetricName.LOG_LOSS, TASK, ANSWERS, SETS);

    assertThat(RowLosses.metric(TASK, false)).isEqualTo(MetricName.LOG_LOSS);
    assertThat(losses.value())
        .isCloseTo(Metrics.of(TASK, ANSWERS, SETS).get(MetricName.LOG_LOSS), within(1e-12));
    assertThat(LossCurve.validation(TASK, false, Map.of(MetricName.LOG_LOSS, 0.2)))
        .as("the network's loss is a sum over its outputs")
        .isCloseTo(0.6, within(1e-12));
  }

  @Test
  void noOtherConstantIsBetterOnTheTrainingSplit() {
    Random random = new Random(3);
    for (int time = 0; time < 30; time++) {
      double share = random.nextDouble();
      double[] sets =
          IntStream.range(0, 25)
              .mapToDouble(
                  row ->
                      (random.nextDouble() < share ? 1 : 0)
                          + 2 * random.nextInt(2)
                          + (random.nextInt(5) == 0 ? 4 : 0))
              .toArray();
      sets[0] = 0;
      sets[1] = 7;
      Map<MetricName, Double> best = Baseline.fit(TASK, sets, false).score(TASK, sets);
      for (int set = 0; set < 8; set++) {
        double[] said = {set & 1, set >> 1 & 1, set >> 2 & 1};
        new Constant(Rule.USUAL_SET, said)
            .score(TASK, sets)
            .forEach(
                (metric, value) -> {
                  double lead =
                      metric.greaterIsBetter()
                          ? best.get(metric) - value
                          : value - best.get(metric);
                  assertThat(lead).as("%s", metric).isGreaterThanOrEqualTo(-1e-12);
                });
      }
      assertThat(best.get(MetricName.MACRO_AUC)).isEqualTo(0.5);
    }
  }

  @Test
  void ofManyLabelsTheStatusNamesThoseThatAreToldWorst() {
    int many = 9;
    Task.MultiLabel task =
        new Task.MultiLabel(IntStream.range(0, many).mapToObj(i -> "label" + i).toList());
    Random random = new Random(1);
    double[] sets = random.doubles(200, 0, 1 << many).map(Math::floor).toArray();
    double[][] answers = new double[200][many];
    for (int row = 0; row < 200; row++) {
      for (int place = 0; place < many; place++) {
        double truth = Task.MultiLabel.has(sets[row], place) ? 1 : 0;
        answers[row][place] = 0.1 * place * truth + 0.1 * random.nextDouble();
      }
    }
    Evaluation evaluation =
        Evaluation.of(
                200,
                Metrics.of(task, answers, sets),
                Map.of(),
                new Yardsticks(Map.of(), Map.of()),
                List.of())
            .with(
                Details.of(
                    task,
                    answers,
                    sets,
                    new Bootstrap(0, 0, Map.of()),
                    new Details.LinearFit(1, 1),
                    LossCurve.of(List.of(new LossCurve.Point(1, 1, 1)), 1),
                    new Slices(MetricName.LOG_LOSS, 1, List.of(), List.of(), 0, 0),
                    new Importance(MetricName.LOG_LOSS, 1, 1, List.of())));

    EvaluationSummary summary = Summaries.of(evaluation, "s3://b/k");

    assertThat(summary.labels()).hasSize(5).extracting("label").startsWith("label0");
    assertThat(summary.confusion()).isNull();
    assertThat(summary.recalls()).isNull();
    assertThat(summary.shorter().shorter().labels()).hasSize(5);
  }
}
