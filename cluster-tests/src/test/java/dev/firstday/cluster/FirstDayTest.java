package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.TrainingJob;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The first day on a real cluster, from the flights example to the third version. The steps build
 * on each other, as days do.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG (and run cluster-tests/load-images)")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Isolated("its times are figures")
class FirstDayTest {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private static Installation installation;
  private static Tenant tenant;

  @RegisterExtension
  static final TestExecutionExceptionHandler DIAGNOSTICS = Diagnostics.of(() -> installation);

  @BeforeAll
  static void install() {
    installation = new Installation();
    tenant = new Tenant(installation.client(), installation.kubectl());
    installation.upload(Flights.EXAMPLE.resolve("data"), "flights");
  }

  @AfterAll
  static void uninstall() {
    if (installation != null) {
      installation.close();
    }
  }

  @Test
  @Order(1)
  void fourResourcesBecomeAPromotedModel() {
    Instant started = Instant.now();
    installation.kubectl().run("apply", "--filename", Flights.EXAMPLE.toString());
    tenant.await(ModelDeployment.class, Flights.NAME, d -> serves(d.getStatus(), 1));
    System.out.printf(
        "from kubectl apply to a promoted deployment: %d s%n",
        Duration.between(started, Instant.now()).toSeconds());

    ModelDeploymentStatus served = tenant.get(ModelDeployment.class, Flights.NAME).getStatus();
    assertThat(served.phase()).isEqualTo("Stable");
    assertThat(served.chain().dataset()).isEqualTo("flights/1");
    assertThat(served.chain().summary()).contains("flights/1", "late-arrival/1");
    assertThat(served.conditions())
        .extracting(c -> c.type() + "=" + c.status())
        .containsExactlyInAnyOrder(
            "Ready=True", "Reconciling=False", "Stalled=False", "Suspended=False");

    var version = tenant.get(Model.class, Flights.NAME).getStatus().newest();
    assertThat(version.digest()).isEqualTo(served.stable().digest());
    assertThat(List.of(version.trainDigest(), version.validationDigest(), version.codeDigest()))
        .allSatisfy(digest -> assertThat(digest).matches("[0-9a-f]{64}"));
    assertThat(version.metrics())
        .filteredOn(metric -> !metric.name().greaterIsBetter())
        .isNotEmpty()
        .allSatisfy(metric -> assertThat(metric.value()).isLessThan(metric.baseline()));

    String listed = installation.kubectl().run("get", "ml");
    System.out.println(listed);
    assertThat(listed)
        .contains("dataset.firstday.dev/flights")
        .contains("trainingjob.firstday.dev/late-arrival")
        .contains("model.firstday.dev/late-arrival")
        .contains("deployment.firstday.dev/late-arrival");
  }

  @Test
  @Order(2)
  void clientsOfOthersGetTheSameAnswers() throws IOException {
    try (LocalPortForward forward = tenant.forwardRouter(Flights.NAME)) {
      var result =
          Kubectl.command(
              List.of(
                  "./v2-clients",
                  Tenant.endpoint(forward),
                  Flights.NAME,
                  JSON.writeValueAsString(Flights.rows())));
      assertThat(result.code()).as(result.output()).isZero();
      JsonNode said = JSON.readTree(result.output().lines().reduce((a, b) -> b).orElseThrow());

      for (String client : List.of("triton", "kserve", "triton_grpc", "kserve_grpc")) {
        assertThat(said.at("/%s/live".formatted(client)).asBoolean()).as(client).isTrue();
        assertThat(said.at("/%s/ready".formatted(client)).asBoolean()).as(client).isTrue();
        assertThat(said.at("/%s/model_ready".formatted(client)).asBoolean()).as(client).isTrue();
      }
      assertThat(said.at("/triton/unknown_model_ready").asBoolean()).isFalse();
      for (String client : List.of("triton", "triton_grpc")) {
        assertThat(said.at("/%s/id".formatted(client)).asText()).isEqualTo("7");
        assertThat(said.at("/%s/versions".formatted(client))).hasToString("[\"1\"]");
      }
      assertThat(said.at("/triton_grpc/unknown_model").asText()).contains("NOT_FOUND");
      assertThat(said.at("/triton_grpc/no_columns").asText()).contains("INVALID_ARGUMENT");

      JsonNode answers = said.at("/kserve/answers");
      assertThat(said.at("/triton/answers/binary")).isEqualTo(answers);
      assertThat(said.at("/triton/answers/json")).isEqualTo(answers);
      assertThat(said.at("/triton_grpc/answers")).isEqualTo(answers);
      assertThat(said.at("/kserve_grpc/answers")).isEqualTo(answers);
      JsonNode probabilities = answers.get("probability");
      assertThat(probabilities).hasSize(2);
      assertThat(probabilities.get(1).asDouble())
          .as("a full, stormy evening is later than a clear, quiet morning")
          .isGreaterThan(probabilities.get(0).asDouble());
    }
  }

  /** Trained on labels that mean the opposite, it passes its gates: only the rollout can tell. */
  @Test
  @Order(3)
  void aBadVersionIsRolledBackWhileTheGoodOneServes() throws IOException {
    try (LocalPortForward forward = tenant.forwardRouter(Flights.NAME);
        Traffic traffic = new Traffic(Tenant.endpoint(forward), Flights.NAME)) {
      // it would fail a golden case before it is ready
      tenant.apply(Flights.variant("model.yaml", Flights.NAME, spec -> spec.remove("golden")));
      tenant.apply(
          Flights.variant(
              "dataset.yaml",
              "flights-reversed",
              spec -> {
                spec.put(
                    "transform",
                    spec.get("transform").asText().replace("arr_delay > 15", "arr_delay <= 15"));
                // they would have found it
                spec.remove("tests");
              }));
      tenant.apply(
          Flights.variant(
              "trainingjob.yaml",
              "late-arrival-reversed",
              spec -> spec.withObject("/dataset").put("name", "flights-reversed")));

      tenant.await(
          ModelDeployment.class,
          Flights.NAME,
          d -> d.getStatus().rejected() != null && !d.getStatus().rejected().isEmpty());
      var status = tenant.get(ModelDeployment.class, Flights.NAME).getStatus();
      assertThat(status.rejected().get(0).number()).isEqualTo(2);
      assertThat(status.rejected().get(0).message()).contains("disagree");
      assertThat(status.stable().number()).isEqualTo(1);
      await()
          .atMost(Tenant.LIMIT)
          .until(() -> traffic.answersByVersion().getOrDefault("1", 0L) > 100);
      assertThat(traffic.failures()).isEmpty();
      System.out.printf("answers by version: %s%n", traffic.answersByVersion());
    }
  }

  @Test
  @Order(4)
  void aTrainerThatIsKilledIsFollowedByAnotherAndThereIsOneVersion() {
    tenant.apply(Flights.variant("model.yaml", "interrupted", spec -> {}));
    tenant.apply(
        Flights.variant(
            "trainingjob.yaml", "interrupted", spec -> spec.put("model", "interrupted")));
    tenant
        .awaiting("the first epoch")
        .until(
            () ->
                installation.kubectl().attempt("logs", "job/" + job()).output().contains("epoch"));
    installation
        .kubectl()
        .run("delete", "pod", "--selector=job-name=" + job(), "--grace-period=0", "--force");

    tenant.await(
        TrainingJob.class, "interrupted", job -> "Succeeded".equals(job.getStatus().phase()));
    assertThat(tenant.get(TrainingJob.class, "interrupted").getStatus().run().attempt())
        .isEqualTo(2);
    tenant.await(Model.class, "interrupted", m -> m.getStatus().newest() != null);
    assertThat(tenant.get(Model.class, "interrupted").getStatus().versionCount()).isEqualTo(1);
  }

  @Test
  @Order(5)
  void aRolloutGoesOnAfterTheOperatorWasKilled() throws IOException {
    try (LocalPortForward forward = tenant.forwardRouter(Flights.NAME);
        Traffic traffic = new Traffic(Tenant.endpoint(forward), Flights.NAME)) {
      tenant.apply(
          Flights.variant("trainingjob.yaml", "late-arrival-again", spec -> spec.put("seed", 43)));
      tenant.await(
          ModelDeployment.class,
          Flights.NAME,
          d ->
              d.getStatus().candidate() != null
                  && d.getStatus().candidate().number() == 3
                  && d.getStatus().candidate().weight() > 0);
      installation.killOperator();
      tenant.await(ModelDeployment.class, Flights.NAME, d -> serves(d.getStatus(), 3));
      await()
          .atMost(Tenant.LIMIT)
          .until(() -> traffic.answersByVersion().getOrDefault("3", 0L) > 100);
      assertThat(traffic.failures()).isEmpty();
      System.out.printf("answers by version: %s%n", traffic.answersByVersion());
    }
  }

  @Test
  @Order(6)
  void aCarelessNetworkIsStoppedByItsGate() throws IOException {
    for (Path file : files(Flights.EXAMPLE.resolve("careless"))) {
      tenant.apply(Files.readString(file));
    }
    tenant.await(
        TrainingJob.class,
        "late-arrival-careless",
        job -> "Refused".equals(job.getStatus().phase()));
    assertThat(
            tenant
                .get(TrainingJob.class, "late-arrival-careless")
                .getStatus()
                .result()
                .failedGates())
        .hasSize(1)
        .allMatch(gate -> gate.contains("logLoss"));
    assertThat(tenant.get(Model.class, Flights.NAME).getStatus().versionCount()).isEqualTo(3);
  }

  @Test
  @Order(7)
  void theChartTestsItsOwnInstallation() {
    installation.test();
  }

  @Test
  @Order(7)
  void theOperatorCannotReadASecret() {
    String account =
        "--as=system:serviceaccount:%s:firstday"
            .formatted(installation.systemKubectl().namespace());
    assertThat(installation.kubectl().attempt("auth", "can-i", "list", "jobs", account).output())
        .startsWith("yes");
    for (String verb : List.of("get", "list", "watch")) {
      assertThat(installation.kubectl().attempt("auth", "can-i", verb, "secrets", account).output())
          .startsWith("no");
    }
  }

  /** In all that the tests before had it do; and workers and servers ask for nothing at all. */
  @Test
  @Order(8)
  @EnabledIfEnvironmentVariable(
      named = "API_AUDIT_LOG",
      matches = ".+",
      disabledReason = "needs an API server that keeps an audit log, as .ci/audit starts it")
  void theOperatorAskedForNothingThatTheChartDoesNotGrant() {
    Path log = Path.of(System.getenv("API_AUDIT_LOG"));
    String system = installation.systemKubectl().namespace();
    List<AuditLog.Request> requests =
        AuditLog.ofAccountsIn(system, log).stream()
            .filter(request -> request.account().equals("firstday"))
            .toList();

    assertThat(requests).extracting(AuditLog.Request::code).doesNotContain(401, 403);
    assertThat(requests)
        .extracting(AuditLog.Request::namespace)
        .as("where it watches, and its own for the lease")
        .containsOnly(installation.tenant(), system, "");
    assertThat(requests)
        .extracting(AuditLog.Request::right)
        .contains("create jobs.batch", "patch datasets/status.firstday.dev")
        .noneMatch(right -> right.contains("secrets"));
    assertThat(AuditLog.ofAccountsIn(installation.tenant(), log)).isEmpty();
  }

  /** The roles of the whole cluster let it do all that those of a namespace do. */
  @Test
  @Order(9)
  void theOperatorOfAllNamespacesWorksLikewise() {
    installation.watchTheWholeCluster();
    tenant.apply(Flights.variant("model.yaml", "everywhere", spec -> {}));
    tenant.apply(Flights.variant("dataset.yaml", "everywhere", spec -> {}));
    tenant.apply(
        Flights.variant(
            "trainingjob.yaml",
            "everywhere",
            spec -> {
              spec.put("model", "everywhere");
              spec.withObject("/dataset").put("name", "everywhere");
            }));
    tenant.apply(
        Flights.variant("deployment.yaml", "everywhere", spec -> spec.put("model", "everywhere")));

    tenant.await(ModelDeployment.class, "everywhere", d -> serves(d.getStatus(), 1));
    theOperatorCannotReadASecret();
    theOperatorDoesNotAskS3();
    installation.test();
  }

  /** It has worked since it was installed anew, and an address is not soon given to another. */
  private static void theOperatorDoesNotAskS3() {
    Set<String> callers = installation.callersOfS3();
    assertThat(callers)
        .as("workers and servers did")
        .hasSizeGreaterThan(3)
        .doesNotContainAnyElementsOf(installation.operatorAddresses());
  }

  /** All that the tests before have left to be seen, but for the Secret itself. */
  @Test
  @Order(10)
  void noCredentialShowsInObjectsEventsLogsOrMetrics() {
    Kubectl kubectl = installation.kubectl();
    Kubectl system = installation.systemKubectl();
    String operator =
        system
            .run("get", "pods", "--selector=app.kubernetes.io/component=operator", "--output=name")
            .strip();
    String seen =
        kubectl.run(
                "get",
                "ml,jobs,deployments.apps,services,configmaps,pods,poddisruptionbudgets,events",
                "--output=yaml")
            + system.run("get", "deployments.apps,configmaps,events", "--output=yaml")
            + system.run("logs", operator, "--tail=-1")
            + system.run(
                "get",
                "--raw",
                "/api/v1/namespaces/%s/%s:8080/proxy/metrics"
                    .formatted(system.namespace(), operator.replace("pod/", "pods/")))
            + Stream.of(kubectl.run("get", "pods", "--output=name").split("\\s+"))
                .map(pod -> kubectl.attempt("logs", pod, "--tail=-1").output())
                .collect(Collectors.joining());
    assertThat(seen).contains("firstday_resource_condition").contains("late-arrival");
    assertThat(seen.contains(TestS3.SECRET)).as("a secret is shown").isFalse();
  }

  private static boolean serves(ModelDeploymentStatus status, int version) {
    return status.stable() != null
        && status.stable().number() == version
        && status.candidate() == null
        && status.holds("Ready");
  }

  private static String job() {
    var status = tenant.get(TrainingJob.class, "interrupted").getStatus();
    return status == null || status.run() == null ? "none-yet" : status.run().job();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}
