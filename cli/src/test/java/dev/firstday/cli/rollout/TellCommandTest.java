package dev.firstday.cli.rollout;

import static dev.firstday.cli.rollout.TestCluster.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.firstday.api.RolloutCommand;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.rollout.TestCluster.Place;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.cli.terminal.Style;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class TellCommandTest {
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

  @ParameterizedTest
  @EnumSource(RolloutCommand.class)
  void aCommandIsTheAnnotationAndNothingElse(RolloutCommand command) throws Exception {
    Place place = server.with("awaiting");
    var before = place.deployment();

    assertThat(tell(place.cluster(), command, NAME, "--no-wait")).isZero();

    assertThat(place.annotation())
        .matches(command.word() + " \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z");
    var after = place.deployment();
    assertThat(after.getSpec()).isEqualTo(before.getSpec());
    assertThat(after.getMetadata().getGeneration()).isEqualTo(before.getMetadata().getGeneration());
    assertThat(after.getMetadata().getAnnotations())
        .hasSize(2)
        .containsEntry("example.com/other", "stays");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo("Asked; firstday rollout status late-arrival tells what comes of it\n");
  }

  @Test
  void whatTheOperatorObeyedIsPrinted() throws Exception {
    Place place = server.with("awaiting");
    CompletableFuture<Void> operator = answering(place, true, "the step to 50 % is approved");

    assertThat(tell(place.cluster(), RolloutCommand.APPROVE, NAME)).isZero();

    operator.join();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo("the step to 50 % is approved\n");
  }

  @Test
  void aRefusalIsAFailure() throws Exception {
    Place place = server.with("awaiting");
    CompletableFuture<Void> operator = answering(place, false, "the rollout is not paused");

    assertThatThrownBy(() -> tell(place.cluster(), RolloutCommand.RESUME, NAME))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("refused: the rollout is not paused");
    operator.join();
  }

  @Test
  void withoutAnOperatorThereIsNoAnswer() throws Exception {
    Place place = server.with("awaiting");

    assertThatThrownBy(() -> tell(place.cluster(), RolloutCommand.PAUSE, NAME, "--timeout", "1"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "no operator has answered '%s' within 1 s: is one running? kubectl get pods -A. The command stays; firstday rollout status late-arrival tells when it was answered"
                .formatted(place.annotation()));
  }

  @Test
  void aCommandThatAnotherOvertookIsNotWaitedFor() throws Exception {
    Place place = server.with("awaiting");
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              await().atMost(1, TimeUnit.MINUTES).until(() -> Objects.nonNull(place.annotation()));
              place.ask("rollback now");
            });

    assertThatThrownBy(() -> tell(place.cluster(), RolloutCommand.PROMOTE, NAME))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("another command came before the operator saw this one: rollback now");
    other.join();
  }

  @Test
  void whatIsNotThereIsTold() throws Exception {
    Place place = server.with("stable");

    assertThatThrownBy(() -> tell(place.cluster(), RolloutCommand.RETRY, "late-arival"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "there is no Deployment late-arival in namespace %s (did you mean late-arrival?); it has late-arrival"
                .formatted(place.cluster().namespace()));
  }

  private static CompletableFuture<Void> answering(Place place, boolean obeyed, String result) {
    return CompletableFuture.runAsync(
        () -> {
          await().atMost(1, TimeUnit.MINUTES).until(() -> Objects.nonNull(place.annotation()));
          place.answer(obeyed, result);
        });
  }

  private int tell(Cluster cluster, RolloutCommand command, String... arguments)
      throws CommandFailure {
    CommandLine line = TellCommand.of(command, Path.of("."));
    line.parseArgs(arguments);
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    TellCommand tell = line.getCommand();
    return tell.tell(cluster, new Output(stream, stream, Style.PLAIN));
  }
}
