package dev.firstday.sdk.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.model.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final Task DELAY = new Task.Regression("delay", 0, 1);

  @Test
  void probabilityIsTheShareInTraining() {
    Task task = new Task.Binary("late");
    Baseline baseline = Baseline.fit(task, new double[] {1, 0, 0, 0}, false);

    assertThat(baseline.answer()).containsExactly(0.25);
    assertThat(baseline.score(task, new double[] {1, 0}))
        .containsEntry(MetricName.AUC, 0.5)
        .containsEntry(MetricName.LOG_LOSS, -(Math.log(0.25) + Math.log(0.75)) / 2);
  }

  @Test
  void classesHaveTheirShares() {
    Task task = new Task.Classes("kind", List.of("a", "b"));

    assertThat(Baseline.fit(task, new double[] {0, 1, 1, 1}, false))
        .satisfies(b -> assertThat(b.answer()).containsExactly(0.25, 0.75))
        .satisfies(b -> assertThat(b.rule()).isEqualTo(Baseline.Rule.FREQUENCY));
  }

  @Test
  void meanIsBestForSquaresAndMedianForAbsoluteErrors() {
    double[] labels = {0, 0, 1, 11};

    assertThat(Baseline.fit(DELAY, labels, false).answer()).containsExactly(3);
    assertThat(Baseline.fit(DELAY, labels, true).answer()).containsExactly(0.5);
    assertThat(Baseline.fit(DELAY, new double[] {7, 1, 2}, true).answer()).containsExactly(2);
  }

  @Test
  void noOtherConstantHasALesserLossOnTheTrainingSplit() {
    double[] labels = {0, 0, 1, 11, 4};
    double median = score(Baseline.fit(DELAY, labels, true), labels, MetricName.MAE);
    double mean = score(Baseline.fit(DELAY, labels, false), labels, MetricName.RMSE);

    for (double constant = -1; constant < 12; constant += 0.1) {
      Baseline other = new Baseline(Baseline.Rule.MEAN, new double[] {constant});
      assertThat(score(other, labels, MetricName.MAE)).isGreaterThanOrEqualTo(median - 1e-12);
      assertThat(score(other, labels, MetricName.RMSE)).isGreaterThanOrEqualTo(mean - 1e-12);
    }
  }

  private static double score(Baseline baseline, double[] labels, MetricName metric) {
    return baseline.score(DELAY, labels).get(metric);
  }
}
