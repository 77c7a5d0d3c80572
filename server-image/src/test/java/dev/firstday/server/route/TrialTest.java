package dev.firstday.server.route;

import static dev.firstday.server.route.Made.late;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.firstday.api.Comparison;
import dev.firstday.api.PairCheck;
import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import io.vertx.core.buffer.Buffer;
import java.util.List;
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

  private void add(Source source, long seconds, long nanos) {
    long begin = now;
    now += TimeUnit.SECONDS.toNanos(seconds);
    trial.add(source, ROUTES, call("id", null), answer(PROMPT), answer(nanos));
    now = begin;
  }

  private static Call call(String id, String key) {
    return new Call(id, "m", null, key, null, null, Buffer.buffer("{}"));
  }

  /** The candidate's answers differ from stable's, or it fails. */
  private void add(Source source, String id, String key, Outcome candidate) {
    trial.add(source, ROUTES, call(id, key), answer(PROMPT), candidate);
  }

  private Comparison.Tally slow(Source source) {
    return trial.counts(source).tally(PairCheck.SLOW.word());
  }

  @Test
  void aCandidateThatIsSlowAtFirstIsGivenTimeToWarmUp() {
    for (int i = 0; i < 100; i++) {
      add(Source.LIVE, 1, LONG);
    }
    for (int i = 0; i < 20; i++) {
      add(Source.LIVE, 2, PROMPT);
    }
    assertThat(slow(Source.LIVE).compared()).isZero();
    assertThat(trial.counts(Source.LIVE).requests()).isEqualTo(120);

    add(Source.LIVE, 2, PROMPT);
    add(Source.LIVE, 2, LONG);
    assertThat(slow(Source.LIVE).compared()).isEqualTo(2);
    assertThat(slow(Source.LIVE).bad()).isEqualTo(1);
  }

  @Test
  void itWarmsUpBeforeCapturedRequestsTooAndOnceForAll() {
    for (int i = 0; i < 100; i++) {
      add(Source.REPLAY, 1, LONG);
    }
    for (int i = 0; i < 20; i++) {
      add(Source.REPLAY, 2, PROMPT);
    }
    assertThat(slow(Source.REPLAY).compared()).isZero();

    add(Source.REPLAY, 2, LONG);
    add(Source.LIVE, 3, LONG);
    assertThat(slow(Source.REPLAY).bad()).isEqualTo(1);
    assertThat(slow(Source.LIVE).bad()).isEqualTo(1);
  }

  @Test
  void oneThatIsSlowAgainAndAgainIsGivenAMinute() {
    for (int i = 0; i < 200; i++) {
      add(Source.LIVE, i == 0 ? 100 : 159, i % 20 == 0 ? LONG : PROMPT);
    }
    assertThat(slow(Source.LIVE).compared()).isZero();

    add(Source.LIVE, 160, LONG);
    assertThat(slow(Source.LIVE).bad()).isEqualTo(1);
  }

  @Test
  void ofAKeyOneRequestCountsInAWhile() {
    Outcome fails = new Outcome.Unreachable("gone", false, PROMPT);
    for (int i = 0; i < 50; i++) {
      add(Source.LIVE, "a" + i, "passenger-7", fails);
    }
    add(Source.LIVE, "b", "passenger-8", answer(PROMPT));
    Comparison live = trial.counts(Source.LIVE);
    assertThat(live.requests()).isEqualTo(2);
    assertThat(live.tally(PairCheck.ERRORS.word()))
        .isEqualTo(new Comparison.Tally(2, 1, List.of("a0")));
    assertThat(live.tally(PairCheck.DISAGREEMENT.word()).compared()).isEqualTo(1);

    now += KeyTurns.INTERVAL_NANOS;
    add(Source.LIVE, "c", "passenger-7", fails);
    assertThat(trial.counts(Source.LIVE).tally(PairCheck.ERRORS.word()).bad()).isEqualTo(2);
  }

  @Test
  void stableIsHeldToKeysTooAndWhatSaysNothingTakesNoTurn() {
    Outcome fails = new Outcome.Unreachable("gone", false, PROMPT);
    for (int i = 0; i < 10; i++) {
      trial.add(Source.LIVE, ROUTES, call("a" + i, "passenger-7"), fails, fails);
    }
    for (int i = 0; i < 10; i++) {
      trial.add(Source.LIVE, ROUTES, call("b" + i, "passenger-7"), fails, answer(PROMPT));
    }

    assertThat(trial.counts(Source.LIVE).stableErrors()).isEqualTo(1);
    assertThat(trial.counts(Source.LIVE).requests()).isZero();
  }

  @Test
  void whoHasNoKeyIsAnotherEachTimeAndCapturedRequestsHaveNone() {
    add(Source.LIVE, "a", null, answer(PROMPT));
    add(Source.LIVE, "b", null, answer(PROMPT));
    add(Source.REPLAY, "c", "passenger-7", answer(PROMPT));
    add(Source.REPLAY, "d", "passenger-7", answer(PROMPT));

    assertThat(trial.counts(Source.LIVE).requests()).isEqualTo(2);
    assertThat(trial.counts(Source.REPLAY).requests()).isEqualTo(2);
  }

  /** It is taken all the same: callers know nothing of turns. */
  @Test
  void labelsOfARequestThatDidNotCountDoNotEither() {
    Outcome.Answered other = Made.answer(false, late(false));
    add(Source.LIVE, "a", "passenger-7", other);
    add(Source.LIVE, "b", "passenger-7", other);
    for (String id : List.of("a", "b")) {
      assertThat(trial.learn(id, List.of(BooleanNode.TRUE)).orElseThrow().telling()).isEqualTo(1);
    }

    assertThat(trial.counts(Source.LIVE).tally(PairCheck.LABELS.word()))
        .isEqualTo(new Comparison.Tally(1, 1, List.of("a")));
  }

  @Test
  void labelsOfWhichNoneIsKnownLeaveTheIdOpen() {
    add(Source.LIVE, "a", null, Made.answer(false, late(false)));

    assertThat(trial.learn("a", List.of(NullNode.getInstance()))).isEmpty();
    assertThat(trial.learn("a", List.of(BooleanNode.TRUE)).orElseThrow().telling()).isEqualTo(1);
    assertThat(trial.learn("a", List.of(BooleanNode.FALSE))).as("an id counts once").isEmpty();
  }
}
