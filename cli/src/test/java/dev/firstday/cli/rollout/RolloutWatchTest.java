package dev.firstday.cli.rollout;

import static dev.firstday.cli.rollout.TestCluster.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.firstday.cli.rollout.TestCluster.Place;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.cli.terminal.Style;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RolloutWatchTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  private static TestCluster server;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws IOException {
    server = TestCluster.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void aRolloutIsFollowedUntilItsVersionServes() throws Exception {
    Place place = server.with("unseen");
    CompletableFuture<Ending> watch = watch(place);

    place.become("shadow");
    awaitLine("12:00:00  Shadow ");
    place.become("awaiting");
    awaitLine("12:00:00  AwaitingApproval (Canary 10 %)");
    assertThat(watch).isNotDone();
    place.become("stable");

    assertThat(watch.join()).isEqualTo(Ending.GOOD);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains(
            "12:00:00  Pass                            errors: 1 of 420 requests = 0.2 %, bound 5 %\n")
        .endsWith("12:00:00  Stable                          version 8 answers\n");
  }

  @Test
  void aRollbackEndsItBadly() throws Exception {
    Place place = server.with("canary");
    CompletableFuture<Ending> watch = watch(place);

    awaitLine("12:00:00  Canary 10 %");
    place.become("rolled-back");

    assertThat(watch.join()).isEqualTo(Ending.BAD);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("bound 5 %; requests req-4411, req-4402, req-4390\n");
  }

  @Test
  void aStatusThatKnowsNothingOfTheLastCommandIsNoEnd() throws Exception {
    Place place = server.with("rolled-back");
    place.ask("retry now");
    CompletableFuture<Ending> watch = watch(place);

    awaitLine("12:00:00  RolledBack");
    assertThat(watch).isNotDone();
    place.answer(false, "the version that is wanted was not rolled back");

    assertThat(watch.join()).isEqualTo(Ending.BAD);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .endsWith(
            "12:00:00  retry                           refused: the version that is wanted was not rolled back\n");
  }

  @Test
  void aVersionThatIsBeingInspectedIsWaitedFor() throws Exception {
    Place place = server.with("stable");
    place.model("{versions: [{number: 9, digest: cc}, {number: 8, digest: bb}]}");
    CompletableFuture<Ending> watch = watch(place);

    awaitLine("12:00:00  Stable                          version 8 answers\n");
    awaitLine(
        "12:00:00  waiting                         version 9 is recorded, and its rollout begins once Model late-arrival has inspected it");
    place.model(
        "{versions: [{number: 9, digest: cc}, {number: 8, digest: bb}], health: [{number: 9, digest: cc}]}");
    awaitLine(
        "12:00:00  waiting                         version 9 is wanted, and its rollout begins\n");
    assertThat(watch).isNotDone();
    place.become("rolled-back");

    assertThat(watch).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(Ending.BAD);
  }

  @Test
  void aVersionThatFailsItsInspectionIsWaitedForNoLonger() throws Exception {
    Place place = server.with("stable");
    place.model("{versions: [{number: 9, digest: cc}, {number: 8, digest: bb}]}");
    CompletableFuture<Ending> watch = watch(place);

    awaitLine("12:00:00  waiting ");
    place.model(
        "{versions: [{number: 9, digest: cc}, {number: 8, digest: bb}], health: [{number: 9, digest: cc, fault: ObjectNotFound}]}");

    assertThat(watch).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(Ending.GOOD);
  }

  @Test
  void aDeploymentThatGoesAwayIsTold() throws Exception {
    Place place = server.with("canary");
    CompletableFuture<Ending> watch = watch(place);

    awaitLine("12:00:00  Canary 10 %");
    place.delete();

    assertThatThrownBy(watch::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("Deployment late-arrival was deleted meanwhile");
  }

  @Test
  void aNameThatIsNotThereIsNotWaitedFor() throws Exception {
    Place place = server.with("canary");

    assertThatThrownBy(() -> new RolloutWatch(place.cluster(), NOON, output()).follow("late"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("there is no Deployment late in namespace ");
  }

  private CompletableFuture<Ending> watch(Place place) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new RolloutWatch(place.cluster(), NOON, output()).follow(NAME);
          } catch (CommandFailure e) {
            throw new CompletionException(e);
          }
        });
  }

  private Output output() {
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new Output(stream, stream, Style.PLAIN);
  }

  private void awaitLine(String start) {
    await()
        .atMost(1, TimeUnit.MINUTES)
        .until(() -> printed.toString(StandardCharsets.UTF_8).contains(start));
  }
}
