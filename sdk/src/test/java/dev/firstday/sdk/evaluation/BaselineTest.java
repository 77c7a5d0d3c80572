package dev.firstday.sdk.evaluation;

import static dev.firstday.api.TrainingJobSpec.MetricName.ACCURACY;
import static dev.firstday.api.TrainingJobSpec.MetricName.AUC;
import static dev.firstday.api.TrainingJobSpec.MetricName.BRIER;
import static dev.firstday.api.TrainingJobSpec.MetricName.LOG_LOSS;
import static dev.firstday.api.TrainingJobSpec.MetricName.MAE;
import static dev.firstday.api.TrainingJobSpec.MetricName.R2;
import static dev.firstday.api.TrainingJobSpec.MetricName.RMSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.evaluation.Constant.Rule;
import dev.firstday.sdk.model.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final Task DELAY = new Task.Regression("delay", 0, 1);
  private static final Task LATE = new Task.Binary("late");

  @Test
  void probabilityIsTheShareInTraining() {
    Baseline baseline = Baseline.fit(LATE, new double[] {1, 0, 0, 0}, false);

    assertThat(baseline.loss().answer()).containsExactly(0.25);
    assertThat(baseline.score(LATE, new double[] {1, 0}))
        .containsEntry(AUC, 0.5)
        .containsEntry(ACCURACY, 0.5)
        .containsEntry(BRIER, (0.75 * 0.75 + 0.25 * 0.25) / 2)
        .containsEntry(LOG_LOSS, -(Math.log(0.25) + Math.log(0.75)) / 2);
    assertThat(baseline.metrics().get(ACCURACY))
        .satisfies(c -> assertThat(c.rule()).isEqualTo(Rule.MAJORITY))
        .satisfies(c -> assertThat(c.answer()).containsExactly(0));
  }

  @Test
  void classesHaveTheirSharesAndTheMajorityIsMostAccurate() {
    Task task = new Task.Classes("kind", List.of("a", "b"));
    Baseline baseline = Baseline.fit(task, new double[] {0, 1, 1, 1}, false);

    assertThat(baseline.loss().rule()).isEqualTo(Rule.FREQUENCY);
    assertThat(baseline.loss().answer()).containsExactly(0.25, 0.75);
    assertThat(baseline.metrics().get(ACCURACY).answer()).containsExactly(0, 1);
    assertThat(baseline.score(task, new double[] {0, 1, 1})).containsEntry(ACCURACY, 2 / 3.0);
  }

  @Test
  void meanIsBestForSquaresAndMedianForAbsoluteErrors() {
    double[] labels = {0, 0, 1, 11};

    assertThat(Baseline.fit(DELAY, labels, false).loss().answer()).containsExactly(3);
    assertThat(Baseline.fit(DELAY, labels, true).loss().answer()).containsExactly(0.5);
    assertThat(Baseline.fit(DELAY, new double[] {7, 1, 2}, true).loss().answer())
        .containsExactly(2);
  }

  /** Whatever the loss: a model taught by squares is not compared with the mean in its MAE. */
  @Test
  void eachMetricHasAConstantOfItsOwn() {
    double[] training = {0, 0, 1, 11};
    double[] validation = {0, 2};

    for (boolean absoluteError : new boolean[] {false, true}) {
      Map<MetricName, Double> score =
          Baseline.fit(DELAY, training, absoluteError).score(DELAY, validation);
      assertThat(score.get(MAE)).isEqualTo((0.5 + 1.5) / 2);
      assertThat(score.get(RMSE)).isEqualTo(Math.sqrt((9 + 1) / 2.0));
      assertThat(score.get(R2)).isEqualTo(1 - (9 + 1) / 2.0, within(1e-12));
    }
  }

  @Test
  void noOtherConstantIsBetterOnTheTrainingSplit() {
    double[] delays = {0, 0, 1, 11, 4};
    double[] lates = {0, 0, 1, 0, 1, 0, 0};

    for (double constant = 0; constant < 12; constant += 0.1) {
      assertNoneBetter(DELAY, delays, constant);
    }
    for (double constant = 0.01; constant < 1; constant += 0.01) {
      assertNoneBetter(LATE, lates, constant);
    }
  }

  private static void assertNoneBetter(Task task, double[] labels, double constant) {
    Map<MetricName, Double> best = Baseline.fit(task, labels, false).score(task, labels);
    Map<MetricName, Double> other =
        new Constant(Rule.MEAN, new double[] {constant}).score(task, labels);
    best.forEach(
        (metric, value) -> {
          double lead =
              metric.greaterIsBetter() ? value - other.get(metric) : other.get(metric) - value;
          assertThat(lead).as("%s of %s", metric, constant).isGreaterThanOrEqualTo(-1e-12);
        });
  }
}
