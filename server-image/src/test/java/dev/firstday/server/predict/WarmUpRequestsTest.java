package dev.firstday.server.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.sdk.artefact.LoadedModel;
import dev.firstday.server.http.ServerSettings;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmUpRequestsTest {
  private static final ServerSettings SETTINGS =
      new ServerSettings("127.0.0.1", 0, 0, 1 << 20, Duration.ZERO, Duration.ZERO);

  private final CollectorRegistry registry = new CollectorRegistry();
  private final TinyModel tiny = TinyModel.of(TinyModel.LATE);
  private final ServedModel served =
      new ServedModel(
          "delays",
          "3",
          LoadedModel.open(tiny.digest(), tiny::read),
          1000,
          new PredictorMetrics(registry));

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void requestsComeInBothFormsUntilAnswersGetNoFaster() {
    int answered = WarmUpRequests.run(served, SETTINGS, Duration.ofMinutes(2));

    assertThat(answered).isGreaterThanOrEqualTo(2 * WarmUpRequests.ROUND);
    assertThat(answered % WarmUpRequests.ROUND).as("of the last round").isZero();
    assertThat(registry.getSampleValue("firstday_predictor_rows_total")).isEqualTo(answered);
  }

  @Test
  void theyEndWhenTheyMayTakeNoLonger() {
    assertThat(WarmUpRequests.run(served, SETTINGS, Duration.ofMillis(1)))
        .isLessThan(WarmUpRequests.ROUND);
  }

  @Test
  void aLittleFasterIsNoFaster() {
    assertThat(WarmUpRequests.isNoFaster(90, 100)).isFalse();
    assertThat(WarmUpRequests.isNoFaster(96, 100)).isTrue();
  }
}
