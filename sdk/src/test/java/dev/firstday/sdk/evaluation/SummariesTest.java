package dev.firstday.sdk.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.EvaluationSummary;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.data.Tables;
import dev.firstday.sdk.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On rows and answers as in {@link DetailsTest}. */
class SummariesTest {
  private static final int ROWS = 400;
  private static final double[] LABELS =
      IntStream.range(0, ROWS)
          .mapToDouble(i -> i * 53 % 97 / 97.0 < i * 37 % 101 / 101.0 ? 1 : 0)
          .toArray();
  private static final double[][] ANSWERS =
      IntStream.range(0, ROWS)
          .mapToObj(i -> new double[] {i * 37 % 101 / 101.0})
          .toArray(double[][]::new);

  /** {@code np.interp(np.arange(1, 10) / 10, *roc_curve(y, s, drop_intermediate=False)[:2])}. */
  @Test
  void rocIsReadAtEachTenth() {
    assertThat(summary(new Task.Binary("late")).recalls())
        .containsExactly(0.5507, 0.6995, 0.7806, 0.8335, 0.8881, 0.9254, 0.9474, 0.9751, 0.995);
  }

  /**
   * {@code p, r, _ = precision_recall_curve(y, s); [p[np.flatnonzero(r >= k / 10)[-1]] for k in
   * range(1, 11)]}.
   */
  @Test
  void precisionIsThatOfTheHighestThresholdWithSuchARecall() {
    assertThat(summary(new Task.Binary("late")).precisions())
        .containsExactly(
            0.9583, 0.9149, 0.8873, 0.8737, 0.8571, 0.8288, 0.7747, 0.7031, 0.6298, 0.518);
  }

  @Test
  void tellsInShortWhatTheEvaluationHas() {
    EvaluationSummary summary = summary(new Task.Binary("late"));

    assertThat(summary.report()).isEqualTo("s3://b/k");
    assertThat(summary.rows()).isEqualTo(ROWS);
    assertThat(summary.confusion().rows()).containsExactly(151, 48, 52, 149);
    assertThat(summary.calibration().error()).isEqualTo(0.03988);
    assertThat(summary.calibration().rows()).hasSize(10).startsWith(44, 40, 39);
    assertThat(summary.loss().epochs()).hasSizeLessThanOrEqualTo(12).startsWith(1).endsWith(30);
    assertThat(summary.loss().epochs()).as("the best").contains(17);
    assertThat(summary.slices().whole()).isEqualTo(0.5235);
    assertThat(summary.slices().declared())
        .extracting(EvaluationSummary.Slice::slice)
        .containsExactly("three: 1", "three: 0", "three: 2");
    assertThat(summary.importance())
        .containsExactly(
            new EvaluationSummary.Importance("x".repeat(37) + "...", 0.1235),
            new EvaluationSummary.Importance("y", -0.001));
    assertThat(Contract.write(summary).length()).isLessThan(1500);
  }

  @Test
  void partsGoUntilThereIsNothingLeft() {
    List<EvaluationSummary> shorter = new ArrayList<>();
    for (EvaluationSummary left = summary(new Task.Binary("late"));
        left != null;
        left = left.shorter()) {
      shorter.add(left);
    }

    assertThat(shorter)
        .isSortedAccordingTo(
            (one, other) -> Contract.write(other).length() - Contract.write(one).length());
    assertThat(shorter.get(shorter.size() - 1).report()).isEqualTo("s3://b/k");
    assertThat(shorter.get(shorter.size() - 1).rows()).isNull();
    assertThat(shorter).hasSizeLessThan(15).doesNotHaveDuplicates();
  }

  private static EvaluationSummary summary(Task task) {
    Table table =
        Tables.table()
            .with("three", Type.INTEGER, IntStream.range(0, ROWS).mapToObj(i -> i % 3).toArray())
            .build();
    Baseline baseline = Baseline.fit(task, LABELS, false);
    Map<MetricName, Double> metrics = Metrics.of(task, ANSWERS, LABELS);
    Details details =
        Details.of(
            task,
            ANSWERS,
            LABELS,
            new Bootstrap(200, ROWS, Map.of()),
            new Details.LinearFit(1, 1),
            LossCurve.of(
                IntStream.rangeClosed(1, 30)
                    .mapToObj(epoch -> new LossCurve.Point(epoch, 1.0 / epoch, 1.1 / epoch))
                    .toList(),
                17),
            Slices.of(
                Slices.Scored.of(task, MetricName.LOG_LOSS, ANSWERS, LABELS, baseline),
                table,
                Map.of("three", List.of()),
                List.of("three")),
            new Importance(
                MetricName.LOG_LOSS,
                ROWS,
                3,
                List.of(
                    new Importance.Column("x".repeat(50), 0.12346, 0.01),
                    new Importance.Column("y", -0.001, 0.01))));
    return Summaries.of(
        Evaluation.of(
                ROWS,
                metrics,
                Map.of(),
                new Yardsticks(baseline.score(task, LABELS), metrics),
                List.of())
            .with(details),
        "s3://b/k");
  }
}
