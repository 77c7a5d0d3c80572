package dev.firstday.server.route;

import static dev.firstday.server.route.RunningRouter.LONG;
import static dev.firstday.server.route.RunningRouter.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.contract.Routes;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A candidate that answers nobody fills what is there for it, and no caller of stable waits. Told
 * by the order in which things happen: the candidate lets go when the test says so, and not before.
 */
class RouterBoundsTest {
  /** Nobody gives up in the course of a test. */
  private static final RouterServer.Timeouts PATIENT =
      new RouterServer.Timeouts(Duration.ofMinutes(5), Duration.ofMinutes(5));

  private static final int BEYOND = 50;

  private final Vertx vertx = Vertx.vertx();
  private final FakeVersion one = new FakeVersion(vertx, 1);
  private final FakeVersion two = new FakeVersion(vertx, 2);
  private RunningRouter router;

  @BeforeEach
  void start() throws Exception {
    router = new RunningRouter(vertx, two, PATIENT);
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void share(int weight, int shadowPercent) throws Exception {
    router.put(one.backend(100 - weight), two.backend(weight), shadowPercent, null);
    router.awaitGolden();
    two.does(two.holds());
  }

  /** Of as many callers whose key chooses that version. */
  private List<CompletableFuture<HttpResponse<String>>> callers(Variant variant, int count) {
    Routes routes = new Routes("delays", 1, one.backend(50), two.backend(50), 0, null);
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "passenger-" + i)
        .filter(key -> Split.choose(routes, key, 0).orElseThrow() == variant)
        .limit(count)
        .map(router::inferAsync)
        .toList();
  }

  private static List<String> answered(List<CompletableFuture<HttpResponse<String>>> callers) {
    return callers.stream()
        .map(CompletableFuture::join)
        .map(answer -> answer.statusCode() + " by version " + version(answer))
        .distinct()
        .toList();
  }

  @Test
  void whoAsksStableIsAnsweredWhileTheCandidateHangs() throws Exception {
    share(50, 0);
    var waiting = callers(Variant.CANDIDATE, 100);
    await().atMost(LONG).until(() -> two.held() == RouterServer.CONNECTIONS);

    assertThat(answered(callers(Variant.STABLE, 300))).containsExactly("200 by version 1");

    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    two.release();
    assertThat(answered(waiting)).containsExactly("200 by version 2");
  }

  @Test
  void whoFindsTheCandidatesQueueFullIsAnsweredByStableAtOnce() throws Exception {
    share(50, 0);
    var callers =
        callers(Variant.CANDIDATE, RouterServer.CONNECTIONS + RouterServer.WAITING + BEYOND);

    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(callers).filteredOn(CompletableFuture::isDone).hasSize(BEYOND));
    var answered = callers.stream().filter(CompletableFuture::isDone).toList();
    assertThat(answered(answered)).containsExactly("200 by version 1");
    assertThat(router.metric("firstday_router_retried_total")).isEqualTo(BEYOND);

    two.release();
    assertThat(answered(callers.stream().filter(caller -> !answered.contains(caller)).toList()))
        .containsExactly("200 by version 2");
  }

  @Test
  void whatTheShadowHasNoRoomForIsDroppedAndCounted() throws Exception {
    share(0, 100);
    for (int i = 0; i < Shadow.AT_MOST + BEYOND; i++) {
      HttpResponse<String> answer = router.infer();
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(version(answer)).isEqualTo("1");
    }

    assertThat(router.metric("firstday_router_shadow_dropped_total")).isEqualTo(BEYOND);
    assertThat(router.report().live().requests()).isZero();
    two.release();
    router.awaitLive(live -> live.requests() == Shadow.AT_MOST);
    for (int i = 0; i < BEYOND; i++) {
      router.infer();
    }
    router.awaitLive(live -> live.requests() == Shadow.AT_MOST + BEYOND);
    assertThat(router.metric("firstday_router_shadow_dropped_total")).isEqualTo(BEYOND);
  }
}
