package dev.firstday.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void fewAnswersTellNothing() {
    Latencies latencies = new Latencies();
    LongStream.range(0, 19).forEach(latencies::add);

    assertThat(latencies.quantile()).isEmpty();
  }

  @Test
  void nineteenOfTwentyAreNotAboveTheQuantile() {
    Latencies latencies = new Latencies();
    LongStream.rangeClosed(1, 20).forEach(latencies::add);

    assertThat(latencies.quantile()).hasValue(19);
  }

  @Test
  void itFollowsTheLatestAnswers() {
    Latencies latencies = new Latencies();
    LongStream.range(0, 1000).forEach(i -> latencies.add(1_000));
    LongStream.range(0, 1000).forEach(i -> latencies.add(5));

    assertThat(latencies.quantile()).hasValue(5);
  }
}
