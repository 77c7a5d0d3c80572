package dev.firstday.server.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import dev.firstday.server.http.InFlight;
import dev.firstday.server.http.ServerSettings;
import dev.firstday.server.route.RouterServer;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of others, over REST and gRPC, of a predictor and of a router before it. */
class V2ClientsTest {
  private static final Path SCRIPT = Path.of("..", "cluster-tests", "v2-clients");
  private static final Path ENVIRONMENT =
      Path.of("..", "cluster-tests", "target", "v2-clients", "installed");
  private static final String ROWS =
      """
      {"carrier":["UA","AA"],"hour":[17,5],"distance":[1400.5,200.0],
       "scheduled":["2013-10-01T17:00:00Z","2013-10-02"],"holiday":[false,true]}""";

  private final Vertx vertx = Vertx.vertx();
  private RunningPredictor predictor;

  @TempDir private Path directory;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(
        Files.exists(ENVIRONMENT),
        "skipped: cluster-tests/v2-clients has not been run, which installs the clients");
    predictor = new RunningPredictor().load(TinyModel.of(TinyModel.LATE));
  }

  @AfterEach
  void stop() {
    if (predictor != null) {
      predictor.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aPredictorAnswersThemAllTheSame() throws Exception {
    JsonNode said = ask(predictor.uri("").toString());

    assertThat(said.at("/triton_grpc/server").asText()).isEqualTo("firstday-predictor");
    check(said);
  }

  @Test
  void aRouterAnswersThemAllTheSame() throws Exception {
    JsonNode said = ask("http://127.0.0.1:" + routerTo(predictor.uri("").toString()));

    assertThat(said.at("/triton_grpc/server").asText()).isEqualTo("firstday-router");
    check(said);
  }

  private int routerTo(String url) throws Exception {
    RouterServer router =
        new RouterServer(
            vertx,
            new ServerSettings("127.0.0.1", 0, 0, 1 << 20, Duration.ZERO, Duration.ofSeconds(10)),
            new CollectorRegistry(),
            new InFlight(),
            RouterServer.Timeouts.DEFAULT,
            0);
    Routes.Backend stable = new Routes.Backend(3, "a".repeat(64), url, 100);
    router.readRoutes(
        Files.writeString(
            directory.resolve("routes.json"),
            Contract.write(new Routes("delays", 1, stable, null, 0, null))));
    return router
        .start()
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS)
        .http();
  }

  private static void check(JsonNode said) {
    for (String client : List.of("triton", "kserve", "triton_grpc", "kserve_grpc")) {
      assertThat(said.at("/%s/live".formatted(client)).asBoolean()).as(client).isTrue();
      assertThat(said.at("/%s/ready".formatted(client)).asBoolean()).as(client).isTrue();
      assertThat(said.at("/%s/model_ready".formatted(client)).asBoolean()).as(client).isTrue();
    }
    assertThat(said.at("/triton_grpc/id").asText()).isEqualTo("7");
    assertThat(said.at("/triton_grpc/versions")).hasToString("[\"3\"]");
    assertThat(said.at("/triton_grpc/unknown_model").asText()).contains("NOT_FOUND");
    assertThat(said.at("/triton_grpc/no_columns").asText()).contains("INVALID_ARGUMENT");

    JsonNode answers = said.at("/kserve/answers");
    assertThat(answers.at("/probability")).hasSize(2);
    assertThat(answers.at("/late/0").isBoolean()).isTrue();
    assertThat(said.at("/triton/answers/binary")).isEqualTo(answers);
    assertThat(said.at("/triton/answers/json")).isEqualTo(answers);
    assertThat(said.at("/triton_grpc/answers")).isEqualTo(answers);
    assertThat(said.at("/kserve_grpc/answers")).isEqualTo(answers);
  }

  private JsonNode ask(String url) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path errors = directory.resolve("errors");
    Process process =
        new ProcessBuilder(SCRIPT.toString(), url, "delays", ROWS)
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return Contract.read(
        Files.readString(out).lines().reduce((before, last) -> last).orElseThrow(), JsonNode.class);
  }
}
