package dev.firstday.server.route;

import static dev.firstday.server.route.Made.late;
import static dev.firstday.server.route.RunningRouter.FEEDBACK;
import static dev.firstday.server.route.RunningRouter.INFER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.PairCheck;
import io.vertx.core.Vertx;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels come to any router, and count where the request was answered. */
class RouterPeersTest {
  private static final String HERE = "127.0.0.1";
  private static final String LABELS = "{\"id\":\"a\",\"labels\":[true,true,true]}";

  private final Vertx vertx = Vertx.vertx();
  private final FakeVersion one = new FakeVersion(vertx, 1);
  private final FakeVersion two = new FakeVersion(vertx, 2);
  private RunningRouter asked;

  @BeforeEach
  void start() throws Exception {
    one.does(one.gives(false, late(true, true, false)));
    two.does(two.gives(false, late(true, false, true)));
    asked = new RunningRouter(vertx, two);
    shadow(asked);
    asked.send(asked.request(INFER, "{\"hour\":17}").header("X-Request-Id", "a"));
    asked.awaitLive(live -> live.requests() == 1);
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void shadow(RunningRouter router) throws Exception {
    shadow(router, two);
  }

  private void shadow(RunningRouter router, FakeVersion candidate) throws Exception {
    router.put(one.backend(0), candidate.backend(0), 100, null);
    router.awaitGolden();
  }

  private RunningRouter other(Callable<List<String>> addresses) throws Exception {
    RunningRouter router =
        new RunningRouter(vertx, two, new NamedPeers(vertx, addresses, asked.adminPort()));
    shadow(router);
    return router;
  }

  @Test
  void aRouterThatDoesNotRememberAsksTheOthers() throws Exception {
    // of the first address somebody was a router a moment ago
    HttpResponse<String> answer = other(() -> List.of("127.0.97.99", HERE)).post(FEEDBACK, LABELS);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.body()).contains("\"counted\":2");
    assertThat(asked.live(PairCheck.LABELS).compared()).as("a row of the request").isOne();
  }

  @Test
  void whatNobodyRemembersIsNotFoundAndWhatIsWrongIsSaid() throws Exception {
    RunningRouter other = other(() -> List.of(HERE));

    assertThat(other.post(FEEDBACK, LABELS.replace("\"a\"", "\"b\"")).statusCode()).isEqualTo(404);
    HttpResponse<String> wrong = other.post(FEEDBACK, LABELS.replace("[true,true,true]", "[true]"));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("3");
  }

  @Test
  void aNameThatIsNotKnownIsNoError() throws Exception {
    RunningRouter other =
        other(
            () -> {
              throw new UnknownHostException("late-router");
            });

    assertThat(other.post(FEEDBACK, LABELS).statusCode()).isEqualTo(404);
    assertThat(asked.live(PairCheck.LABELS).compared()).isZero();
  }

  /** It has answered request {@code b}, and is about to end. */
  private void endOfAnother() throws Exception {
    RunningRouter ending = other(() -> List.of("127.0.97.99", HERE));
    ending.send(ending.request(INFER, "{\"hour\":17}").header("X-Request-Id", "b"));
    ending.awaitLive(live -> live.requests() == 1);
    ending.close();
  }

  private int statusOfLabelsForB() throws Exception {
    return asked.post(FEEDBACK, LABELS.replace("\"a\"", "\"b\"")).statusCode();
  }

  @Test
  void aRouterThatEndsHandsOnWhatItRemembers() throws Exception {
    endOfAnother();

    assertThat(statusOfLabelsForB()).isEqualTo(202);
    assertThat(asked.live(PairCheck.LABELS).compared()).isOne();
    assertThat(asked.live(PairCheck.DISAGREEMENT).compared()).as("was counted before").isOne();
  }

  @Test
  void aRouterOnAnotherTrialTakesNothing() throws Exception {
    asked.put(one.backend(0), null);
    shadow(asked, new FakeVersion(vertx, 3));
    endOfAnother();

    assertThat(statusOfLabelsForB()).isEqualTo(404);
  }

  @Test
  void aRouterThatEndsTooTakesNothing() throws Exception {
    asked.drain();
    endOfAnother();

    assertThat(statusOfLabelsForB()).isEqualTo(404);
  }
}
