package dev.firstday.sdk.evaluation;

import static dev.firstday.api.TrainingJobSpec.MetricName.AUC;
import static dev.firstday.api.TrainingJobSpec.MetricName.LOG_LOSS;
import static dev.firstday.api.TrainingJobSpec.MetricName.RMSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.model.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatesTest {
  @ParameterizedTest
  @CsvSource({
    // metric, model, baseline, mustBeatBaselineBy, passes
    "LOG_LOSS, 0.50, 0.53, 0,     true",
    "LOG_LOSS, 0.53, 0.53, 0,     false",
    "LOG_LOSS, 0.61, 0.53, 0,     false",
    "LOG_LOSS, 0.50, 0.53, 0.02,  true",
    "LOG_LOSS, 0.52, 0.53, 0.02,  false",
    "AUC,      0.75, 0.5,  0.25,  true",
    "AUC,      0.74, 0.5,  0.25,  false",
    "AUC,      0.4,  0.5,  0,     false",
    "LOG_LOSS, NaN,  0.53, 0,     false",
  })
  void beatsTheBaselineInTheMetricsOwnDirection(
      MetricName metric, double model, double baseline, double margin, boolean passes) {
    List<String> failed =
        Gates.failed(
            List.of(new Gate(metric, margin, null, null, null)),
            Map.of(metric, model),
            new Yardsticks(Map.of(metric, baseline), Map.of(metric, 0.0)));
    List<String> failedLinear =
        Gates.failed(
            List.of(new Gate(metric, null, margin, null, null)),
            Map.of(metric, model),
            new Yardsticks(Map.of(metric, 0.0), Map.of(metric, baseline)));

    assertThat(failed.isEmpty()).isEqualTo(passes);
    assertThat(failedLinear.isEmpty()).isEqualTo(passes);
  }

  @ParameterizedTest
  @CsvSource({
    "0.65, 0.65, , true",
    "0.64, 0.65, , false",
    "0.65, , 0.65, true",
    "0.66, , 0.65, false",
    "0.7,  0.6, 0.8, true",
    "NaN,  0.6, , false",
    "NaN,  , 0.6, false",
  })
  void staysWithinBounds(double value, Double atLeast, Double atMost, boolean passes) {
    List<String> failed =
        Gates.failed(
            List.of(new Gate(AUC, null, null, atLeast, atMost)),
            Map.of(AUC, value),
            yardsticks(AUC, 0.5));

    assertThat(failed.isEmpty()).isEqualTo(passes);
  }

  @Test
  void failureNamesMetricValueAndBound() {
    assertThat(
            Gates.failed(
                List.of(
                    new Gate(LOG_LOSS, 0.005, null, null, 0.4),
                    new Gate(AUC, null, null, 0.65, null)),
                Map.of(LOG_LOSS, 0.61, AUC, 0.66),
                new Yardsticks(Map.of(LOG_LOSS, 0.53, AUC, 0.5), Map.of(LOG_LOSS, 0.5, AUC, 0.65))))
        .containsExactly(
            "logLoss 0.6100 does not beat the best constant's 0.5300 by 0.005",
            "logLoss 0.6100 is not at most 0.4");
    assertThat(
            Gates.failed(
                List.of(new Gate(AUC, 0.1, 0.02, null, null)),
                Map.of(AUC, 0.66),
                new Yardsticks(Map.of(AUC, 0.5), Map.of(AUC, 0.65))))
        .containsExactly("auc 0.6600 does not beat a linear model's 0.6500 by 0.02");
  }

  private static Yardsticks yardsticks(MetricName metric, double value) {
    return new Yardsticks(Map.of(metric, value), Map.of(metric, value));
  }

  @Test
  void gateOnAMetricThatTheTaskLacksIsAMistakeInTheSpec() {
    List<Gate> gates =
        List.of(new Gate(AUC, null, null, 0.6, null), new Gate(RMSE, 0.0, null, null, null));

    assertThatThrownBy(() -> Gates.requireMeasurable(gates, new Task.Binary("late")))
        .isInstanceOfSatisfying(
            RunFailure.class, e -> assertThat(e.cure()).isEqualTo(Cure.FIX_SPEC))
        .hasMessage(
            "spec.gates[1].metric: rmse does not exist for the label late, which has logLoss, auc,"
                + " accuracy, brier");
  }
}
