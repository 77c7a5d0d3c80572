package dev.firstday.operator.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingProgress;
import dev.firstday.contract.Contract;
import dev.firstday.contract.TrainingReport;
import dev.firstday.operator.worker.RunStep;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final RunState RUN =
      new RunState("run-1", 1, 0, "tj-1", NOW, null, null, null, null, null);
  private static final RunStep TRAINING =
      new RunStep.Follow(RUN, List.of(), "Running", "pod tj-1-a is at work", NOW);
  private static final TrainingReport REPORT =
      new TrainingReport("run-1", 3, 8, 30, 120, 0.512, "logLoss=0.4858", 341_013.4, 151L);

  @Test
  void whatThePodSaysIsShownInShort() {
    TrainingProgress progress = ProgressRules.after(null, Optional.of(REPORT), TRAINING, NOW);
    assertThat(progress.summary()).isEqualTo("epoch 3/8, 28 %, 2 min left");
    assertThat(progress.percent()).isEqualTo(28);
    assertThat(progress.samplesPerSecond()).isEqualTo(341_013);
    assertThat(progress.at()).isEqualTo(NOW);
  }

  @Test
  void whatWasKnownStaysWhileThePodSaysNothingAndGoesWhenNothingTrains() {
    TrainingProgress known = ProgressRules.after(null, Optional.of(REPORT), TRAINING, NOW);
    TrainingProgress silent =
        ProgressRules.after(known, Optional.empty(), TRAINING, NOW.plusSeconds(10));
    assertThat(silent.summary()).isEqualTo(known.summary());
    assertThat(silent.at()).as("it was asked").isEqualTo(NOW.plusSeconds(10));
    assertThat(ProgressRules.after(known, Optional.empty(), TRAINING, NOW.plusSeconds(9)))
        .isEqualTo(known);
    assertThat(
            ProgressRules.after(known, Optional.of(REPORT), new RunStep.Rest(RUN, List.of()), NOW))
        .isNull();
  }

  /** The pod may run anybody's code. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'runUid':'run-2'}",
        "{'epoch':9}",
        "{'epoch':0}",
        "{'step':121}",
        "{'steps':0,'step':0}",
        "{'secondsLeft':-1}",
        "{'validation':'0123456789012345678901234567890123456789012345678901234567890'}",
      })
  void whatCannotBeIsNotShown(String lie) {
    ObjectNode report = Contract.read(Contract.write(REPORT), ObjectNode.class);
    report.setAll(Contract.read(lie.replace('\'', '"'), ObjectNode.class));
    TrainingReport said = Contract.read(report.toString(), TrainingReport.class);
    assertThat(ProgressRules.after(null, Optional.of(said), TRAINING, NOW).summary()).isNull();
  }

  @Test
  void aTrainerIsAskedOverHttpAndMayHaveNothingToSay() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    byte[] body = Contract.write(REPORT).getBytes(StandardCharsets.UTF_8);
    server.createContext(
        TrainingReport.PATH,
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    HttpTrainerClient client =
        new HttpTrainerClient(server.getAddress().getPort(), Duration.ofSeconds(30));
    try {
      assertThat(client.ask("127.0.0.1")).contains(REPORT);
      server.removeContext(TrainingReport.PATH);
      assertThat(client.ask("127.0.0.1")).isEmpty();
    } finally {
      server.stop(0);
    }
    assertThat(client.ask("127.0.0.1")).isEmpty();
  }
}
