package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.TrainingJobSpec.EarlyStopping;
import dev.firstday.api.TrainingJobSpec.MetricName;
import org.junit.jupiter.api.Test;

class PatienceTest {
  @Test
  void stopsAfterSoManyEpochsWithoutImprovement() {
    Patience patience = patience(2, null, MetricName.LOG_LOSS);

    patience = patience.after(0.6).after(0.5).after(0.55);
    assertThat(patience.exhausted()).isFalse();
    patience = patience.after(0.5);
    assertThat(patience.exhausted()).isTrue();
    assertThat(patience.bestEpoch()).isEqualTo(2);
    assertThat(patience.best()).isEqualTo(0.5);
  }

  @Test
  void greaterIsBetterForSomeMetrics() {
    assertThat(patience(1, null, MetricName.AUC).after(0.6).after(0.7).bestEpoch()).isEqualTo(2);
  }

  @Test
  void smallImprovementDoesNotCount() {
    Patience patience = patience(1, 0.1, MetricName.RMSE).after(1).after(0.95);

    assertThat(patience.bestEpoch()).isEqualTo(1);
    assertThat(patience.exhausted()).isTrue();
  }

  @Test
  void withoutEarlyStoppingTheLastEpochIsKept() {
    Patience patience = Patience.start(null, MetricName.LOG_LOSS).after(0.5).after(0.6);

    assertThat(patience.lastIsBest()).isTrue();
    assertThat(patience.lastIsBetter()).isFalse();
    assertThat(patience.exhausted()).isFalse();
  }

  private static Patience patience(int epochs, Double least, MetricName metric) {
    return Patience.start(new EarlyStopping(epochs, metric, least), MetricName.LOG_LOSS);
  }
}
