package dev.firstday.server.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.api.Capture;
import dev.firstday.api.Errand;
import dev.firstday.api.Signing;
import dev.firstday.contract.Contract;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.Routes;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.store.CaptureFiles;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.server.Main;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a pod runs it: a process, its environment, its signals and its last words. */
class MainTest {
  private static final String NAMESPACE = "team-a";
  private static final Duration LONG = Duration.ofSeconds(120);
  private static final String ROW =
      """
      {"carrier":"UA","hour":17,"distance":1400.5,"scheduled":"2013-10-01T17:00:00Z","holiday":false}""";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Process> processes = new ArrayList<>();
  @TempDir private Path directory;

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  /** A loopback address that no other test process uses: pods listen on fixed ports. */
  private static String address(int pod) {
    long pid = ProcessHandle.current().pid();
    return "127.%d.%d.%d".formatted(100 + pod, pid >> 8 & 0xff, 1 + (pid & 0x7f));
  }

  private Process run(String verb, String address, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djdk.serialFilter=!*",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            verb);
    builder.environment().putAll(environment);
    builder.environment().put(PodEnvironment.BIND_ADDRESS, address);
    builder.environment().put(PodEnvironment.TERMINATION_LOG, lastWords().toString());
    builder.environment().put("FIRSTDAY_DRAIN_SECONDS", "1");
    Process process = builder.inheritIO().start();
    processes.add(process);
    return process;
  }

  private Path lastWords() {
    return directory.resolve("last-words");
  }

  private Map<String, String> predictor(S3Fixture s3, TinyModel model) {
    Map<String, String> environment = new HashMap<>(s3.environment(NAMESPACE));
    environment.put(PodEnvironment.MODEL, "delays");
    environment.put(PodEnvironment.MODEL_VERSION, "3");
    environment.put(PodEnvironment.MODEL_DIGEST, model.digest());
    environment.put(PodEnvironment.SIGNING, Contract.write(Signing.NONE));
    return environment;
  }

  private static Map<String, String> capturingRouter(S3Fixture s3, Path routes) {
    Map<String, String> environment = new HashMap<>(s3.environment(NAMESPACE));
    environment.put(PodEnvironment.ROUTES_FILE, routes.toString());
    environment.put(PodEnvironment.DEPLOYMENT, "late-arrival");
    return environment;
  }

  private static TinyModel stored(S3Fixture s3) {
    TinyModel model = TinyModel.of(TinyModel.LATE);
    try (var store = s3.store(NAMESPACE)) {
      model.objects().values().forEach(store.objects()::put);
    }
    return model;
  }

  private int status(String address, int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + ":" + port + path)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (ConnectException e) {
      return 0;
    }
  }

  private HttpResponse<String> infer(String address) throws Exception {
    URI uri =
        URI.create(
            "http://" + address + ":" + PodEnvironment.HTTP_PORT + "/v2/models/delays/infer");
    return client.send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(ROW))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aPredictorBehindARouterAnswersUntilItIsAskedToEnd() throws Exception {
    try (S3Fixture s3 = S3Fixture.start()) {
      TinyModel model = stored(s3);
      Process predictor = run("predict", address(0), predictor(s3, model));
      await()
          .atMost(LONG)
          .until(() -> status(address(0), PodEnvironment.ADMIN_PORT, "/readyz") == 200);

      Path file = directory.resolve("routes.json");
      Routes.Backend candidate =
          new Routes.Backend(
              3, model.digest(), "http://" + address(0) + ":" + PodEnvironment.HTTP_PORT, 100);
      Capture all = new Capture(100, List.of(), 100, 7);
      Files.writeString(
          file, Contract.write(new Routes("delays", 1, null, candidate, 0, null, all, null, null)));
      Process router = run("route", address(1), capturingRouter(s3, file));
      await()
          .atMost(LONG)
          .until(() -> status(address(1), PodEnvironment.ADMIN_PORT, "/readyz") == 200);

      assertThat(infer(address(1)).body()).isNotEmpty();
      assertThat(infer(address(1)).headers().firstValue("X-Firstday-Version")).contains("3");
      assertThat(infer(address(0)).statusCode()).isEqualTo(200);

      router.destroy();
      assertThat(router.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(s3.keys(NAMESPACE)).anyMatch(key -> key.matches("captures/late-arrival/.+/.+"));

      predictor.destroy();
      await()
          .atMost(LONG)
          .until(() -> status(address(0), PodEnvironment.ADMIN_PORT, "/readyz") != 200);
      assertThat(predictor.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(lastWords()).doesNotExist();
    }
  }

  @Test
  void aDamagedArtefactIsNotServedAndTheLastWordsSayWhy() throws Exception {
    try (S3Fixture s3 = S3Fixture.start()) {
      TinyModel model = stored(s3);
      String network = model.fileDigest("model.zip");
      byte[] damaged = model.objects().get(network).clone();
      damaged[damaged.length / 2] ^= 1;
      s3.tamper(NAMESPACE, network, damaged);

      Process predictor = run("predict", address(2), predictor(s3, model));

      assertThat(predictor.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(predictor.exitValue()).isEqualTo(1);
      assertThat(Contract.readResult(Files.readString(lastWords()), model.digest()))
          .containsInstanceOf(RunResult.Failure.class)
          .hasValueSatisfying(
              result -> {
                RunResult.Failure failure = (RunResult.Failure) result;
                assertThat(failure.reason()).isEqualTo("DigestMismatch");
                assertThat(failure.message()).contains(network);
                assertThat(failure.cure()).isEqualTo(RunResult.Cure.FIX_DATA);
              });
    }
  }

  @Test
  void anInspectionEndsWithAnAnswerAndDeletesWhatNoRouterDoes() throws Exception {
    try (S3Fixture s3 = S3Fixture.start()) {
      TinyModel model = stored(s3);
      Run run =
          new Run.Inspect(
              "run-1",
              NAMESPACE,
              "delays",
              List.of(new Errand.Subject(3, model.digest())),
              null,
              null,
              null,
              false);
      Map<String, String> environment = new HashMap<>(s3.environment(NAMESPACE));
      environment.put(Run.VARIABLE, Contract.writeRun(run));

      try (Store store = s3.store(NAMESPACE)) {
        CaptureFiles gone = store.captures("gone");
        gone.write(Instant.now().minus(Duration.ofDays(9)), "router", 0, new byte[] {1});
        gone.keep(7);
      }

      Process inspection = run(Run.Inspect.VERB, address(4), environment);

      assertThat(inspection.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(inspection.exitValue()).isZero();
      assertThat(Contract.readResult(Files.readString(lastWords()), "run-1"))
          .contains(
              new RunResult.Inspection(
                  "run-1",
                  List.of(new RunResult.Inspection.Finding(3, model.digest(), null, null, null))));
      assertThat(s3.keys(NAMESPACE)).noneMatch(key -> key.startsWith("captures/"));
    }
  }

  @Test
  void aMissingVariableIsNamed() throws Exception {
    Process predictor = run("predict", address(3), Map.of(PodEnvironment.MODEL_DIGEST, "d"));

    assertThat(predictor.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(predictor.exitValue()).isEqualTo(1);
    assertThat(Files.readString(lastWords())).contains("ServerMisconfigured", PodEnvironment.MODEL);
  }
}
