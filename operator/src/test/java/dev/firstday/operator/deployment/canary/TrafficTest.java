package dev.firstday.operator.deployment.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Comparison.Tally;
import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.PairCheck;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final Check ERRORS =
      new Check("errors", PairCheck.ERRORS, 0.05, Action.GATE, 0.01, 0.05, true);

  @Test
  void minutesFollowFromTheRateOfComparisons() {
    Traffic traffic = new Traffic(20, Duration.ofMinutes(2), 40);

    assertThat(traffic.minutesFor(needs(40, 40))).hasValue(4L);
    assertThat(traffic.minutesFor(needs(41, 40))).hasValue(5L);
  }

  @Test
  void requestsOfManyRowsBringRowsFaster() {
    assertThat(new Traffic(20, Duration.ofMinutes(2), 40).minutesFor(needs(400, 400))).hasValue(4L);
  }

  @Test
  void withoutTrafficOrWithAVerdictThereIsNoForecast() {
    assertThat(Traffic.NONE.minutesFor(needs(40, 40))).isEmpty();
    assertThat(new Traffic(0, Duration.ofMinutes(5), 40).minutesFor(needs(40, 40))).isEmpty();
    assertThat(new Traffic(20, Duration.ofMinutes(2), 40).minutesFor(needs(Long.MAX_VALUE, 40)))
        .isEmpty();
  }

  private static CheckResult needs(long needed, long compared) {
    return new CheckResult(
        ERRORS, new Tally(compared, 0, List.of()), 0, 0, Verdict.UNDECIDED, -0.5, needed);
  }
}
