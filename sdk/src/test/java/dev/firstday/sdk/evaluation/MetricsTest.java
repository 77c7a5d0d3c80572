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
import dev.firstday.sdk.model.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {
  private static final Task BINARY = new Task.Binary("late");

  @Test
  void binaryMetricsOfAnExampleByHand() {
    Map<MetricName, Double> metrics =
        Metrics.of(BINARY, column(0.9, 0.4, 0.6, 0.2), new double[] {1, 1, 0, 0});

    assertThat(metrics.get(LOG_LOSS))
        .isCloseTo(
            -(Math.log(0.9) + Math.log(0.4) + Math.log(0.4) + Math.log(0.8)) / 4, within(1e-12));
    assertThat(metrics.get(AUC)).isEqualTo(0.75);
    assertThat(metrics.get(ACCURACY)).isEqualTo(0.5);
    assertThat(metrics.get(BRIER)).isCloseTo((0.01 + 0.36 + 0.36 + 0.04) / 4, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5 0.5 0.5 0.5, 1 0 1 0, 0.5",
    "0.1 0.2 0.3 0.4, 0 0 1 1, 1",
    "0.4 0.3 0.2 0.1, 0 0 1 1, 0",
    "0.1 0.4 0.4 0.8, 0 0 1 1, 0.875",
    "0.4 0.4 0.4 0.9, 0 1 1 0, 0.25",
  })
  void aucCountsTiesHalf(String scores, String labels, double auc) {
    assertThat(Metrics.of(BINARY, column(numbers(scores)), numbers(labels)).get(AUC))
        .isEqualTo(auc);
  }

  @Test
  void aucIsThatOfAllPairs() {
    Random random = new Random(5);
    double[] scores = random.doubles(300).map(score -> Math.floor(score * 20)).toArray();
    double[] labels = random.doubles(300).map(Math::round).toArray();
    double won = 0;
    double pairs = 0;
    for (int yes = 0; yes < 300; yes++) {
      for (int no = 0; no < 300; no++) {
        if (labels[yes] == 1 && labels[no] == 0) {
          pairs++;
          won += scores[yes] > scores[no] ? 1 : scores[yes] == scores[no] ? 0.5 : 0;
        }
      }
    }

    assertThat(Metrics.of(BINARY, column(scores), labels).get(AUC))
        .isCloseTo(won / pairs, within(1e-12));
  }

  @Test
  void certaintyThatIsWrongCostsMuchAndNotInfinitelyMuch() {
    assertThat(Metrics.of(BINARY, column(0, 1), new double[] {1, 0}).get(LOG_LOSS))
        .isCloseTo(-Math.log(1e-7), within(1e-6));
  }

  @Test
  void classMetricsOfAnExampleByHand() {
    Task task = new Task.Classes("kind", List.of("a", "b", "c"));
    double[][] answers = {{0.7, 0.2, 0.1}, {0.5, 0.3, 0.2}, {0.1, 0.1, 0.8}};
    Map<MetricName, Double> metrics = Metrics.of(task, answers, new double[] {0, 1, 2});

    assertThat(metrics.get(LOG_LOSS))
        .isCloseTo(-(Math.log(0.7) + Math.log(0.3) + Math.log(0.8)) / 3, within(1e-12));
    assertThat(metrics.get(ACCURACY)).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(metrics).doesNotContainKeys(AUC, BRIER);
  }

  @Test
  void numberMetricsOfAnExampleByHand() {
    Task task = new Task.Regression("delay", 0, 1);
    Map<MetricName, Double> metrics = Metrics.of(task, column(1, 2, 5), new double[] {1, 4, 4});

    assertThat(metrics.get(RMSE)).isCloseTo(Math.sqrt(5.0 / 3), within(1e-12));
    assertThat(metrics.get(MAE)).isEqualTo(1);
    assertThat(metrics.get(R2)).isCloseTo(1 - 5.0 / 6, within(1e-12));
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static double[][] column(double... values) {
    return Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
  }
}
