package dev.firstday.server.route;

import static dev.firstday.server.route.Made.late;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Comparison;
import dev.firstday.api.PairCheck;
import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static final Routes ROUTES =
      new Routes("m", 1, backend(1, 100), backend(2, 0), 100, Made.noChecks());
  private static final long PROMPT = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONG = TimeUnit.MILLISECONDS.toNanos(50);

  /** Clocks of this kind begin anywhere. */
  private long now = -77;

  private final Trial trial = new Trial(ROUTES, () -> now);

  private static Routes.Backend backend(int version, int weight) {
    return new Routes.Backend(version, String.valueOf(version).repeat(64), "http://v", weight);
  }

  private static Outcome answer(long nanos) {
    Outcome.Answered prompt = Made.answer(false, late(true));
    return new Outcome.Answered(200, prompt.contentType(), null, prompt.body(), nanos);
  }

  @BeforeEach
  void stableIsPrompt() {
    trial.compareAs(Made.metadata("late", null));
    for (int i = 0; i < 30; i++) {
      trial.stableAnswered(answer(PROMPT));
    }
  }

  private void add(Source source, long seconds) {
    long begin = now;
    now += TimeUnit.SECONDS.toNanos(seconds);
    trial.add(
        source,
        ROUTES,
        new Call("id", "m", null, null, null, null, Buffer.buffer("{}")),
        answer(PROMPT),
        answer(LONG));
    now = begin;
  }

  private Comparison.Tally slow(Source source) {
    return trial.counts(source).tally(PairCheck.SLOW.word());
  }

  @Test
  void aCandidateIsGivenTimeToWarmUp() {
    add(Source.LIVE, 60);
    add(Source.LIVE, 64);
    assertThat(slow(Source.LIVE).compared()).isZero();
    assertThat(trial.counts(Source.LIVE).requests()).isEqualTo(2);

    add(Source.LIVE, 65);
    assertThat(slow(Source.LIVE).compared()).isEqualTo(1);
    assertThat(slow(Source.LIVE).bad()).isEqualTo(1);
  }

  @Test
  void theRoutersOwnRequestsHaveWarmedItUpThemselves() {
    add(Source.REPLAY, 1);

    assertThat(slow(Source.REPLAY).bad()).isEqualTo(1);
  }
}
