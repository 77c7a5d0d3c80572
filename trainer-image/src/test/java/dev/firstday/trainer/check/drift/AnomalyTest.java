package dev.firstday.trainer.check.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetCheck.AnomalyStrategy;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnomalyTest {
  /** Around 11, but for one accident. */
  private static final List<Double> HISTORY =
      List.of(10.0, 12.0, 11.0, 13.0, 9.0, 10.0, 11.0, 12.0, 10.0, 11.0, 30.0, 11.0);

  @Test
  void batchNormalLearnsFromAccidents() {
    // abs(14 - mean(h)) / std(h, ddof=1)
    assertThat(Anomaly.deviations(AnomalyStrategy.BATCH_NORMAL, HISTORY, 14))
        .isCloseTo(0.2670686211725099, within(1e-12));
  }

  @Test
  void onlineNormalDoesNot() {
    // 30 is 15.95 deviations from the ten before it; the same without it
    assertThat(Anomaly.deviations(AnomalyStrategy.ONLINE_NORMAL, HISTORY, 14))
        .isCloseTo(2.7204353044758616, within(1e-12));
  }

  @Test
  void medianDeviationHardlyDoes() {
    // median 11, median of distances 1: 3 / 1.4826
    assertThat(Anomaly.deviations(AnomalyStrategy.MEDIAN_DEVIATION, HISTORY, 14))
        .isCloseTo(2.023472278429786, within(1e-12));
  }

  @Test
  void medianDeviationOfMostlyEqualValuesTakesTheMeanDistance() {
    // 2 / (sqrt(pi / 2) * mean(abs(h - 5)))
    assertThat(
            Anomaly.deviations(
                AnomalyStrategy.MEDIAN_DEVIATION, List.of(5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 6.0), 7))
        .isCloseTo(11.170383851240116, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void aConstantThatChangesIsFarFromUsual(AnomalyStrategy strategy) {
    List<Double> constant = Collections.nCopies(10, 0.1);

    assertThat(Anomaly.deviations(strategy, constant, 0.1)).isZero();
    assertThat(Anomaly.deviations(strategy, constant, 0.1 + 1e-12)).isZero();
    assertThat(Anomaly.deviations(strategy, constant, 0.2)).isEqualTo(Anomaly.FAR);
    assertThat(Anomaly.deviations(strategy, Collections.nCopies(10, 0.0), 1))
        .isEqualTo(Anomaly.FAR);
  }

  @ParameterizedTest
  @EnumSource
  void isFiniteAndDoesNotDependOnUnits(AnomalyStrategy strategy) {
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      List<Double> history =
          random.doubles(2 + random.nextInt(30), -5, 5).map(Math::rint).boxed().toList();
      double value = Math.rint(random.nextDouble(-9, 9));

      double deviations = Anomaly.deviations(strategy, history, value);

      assertThat(deviations).isBetween(0.0, Anomaly.FAR);
      List<Double> scaled = history.stream().map(v -> v * -1024).toList();
      assertThat(Anomaly.deviations(strategy, scaled, value * -1024)).isEqualTo(deviations);
    }
  }

  @Test
  void withoutAHistoryNothingIsUsual() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Anomaly.deviations(AnomalyStrategy.BATCH_NORMAL, List.of(), 1));
  }
}
