package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ResourceStatus;
import dev.firstday.api.TrainingJob;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
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
 * Firstday by Git: a real Argo CD syncs, judges health and mends what differs. It has to see this
 * machine's files. The steps build on each other.
 *
 * <p>{@code argocd.seconds}: how long nothing may differ while everything is at work; 600 for a
 * figure.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG (and run cluster-tests/load-images)")
@EnabledIfEnvironmentVariable(
    named = "ARGOCD",
    matches = ".+",
    disabledReason =
        "needs Argo CD: set ARGOCD to its program, and ARGOCD_CLUSTER to its name of the cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Isolated("the CRDs belong to one installation at a time")
class ArgoCdTest {
  private static final String FLIGHTS = "flights";

  /** One for each way of applying and comparing. */
  private static final String CLIENT = "iris-client";

  private static final String SERVER = "iris-server";
  private static final String DIFF = "iris-diff";

  private static final Duration LIVING = Duration.ofSeconds(Long.getLong("argocd.seconds", 15));

  private static final List<String> PLAIN = List.of();

  private static Instant begin;
  private static Installation installation;
  private static Tenant tenant;
  private static GitRepository repository;
  private static Applications applications;

  @RegisterExtension
  static final TestExecutionExceptionHandler DIAGNOSTICS =
      Diagnostics.of(
          () -> installation,
          () ->
              applications
                  .names()
                  .forEach(
                      name ->
                          System.out.printf(
                              "----- Application %s: %s%n", name, applications.status(name))));

  @BeforeAll
  static void install() {
    installation = new Installation();
    tenant = new Tenant(installation.client(), installation.kubectl());
    installation.upload(Flights.EXAMPLE.resolve("data"), FLIGHTS);
    installation.upload(Irises.EXAMPLE.resolve("data"), Irises.NAME);
    new Kubectl(Applications.NAMESPACE)
        .run(
            "patch",
            "configmap",
            "argocd-cm",
            "--patch-file",
            Path.of("..", "argocd", "argocd-cm.yaml").toString());
    repository = GitRepository.create();
    applications =
        new Applications(
            installation.client(),
            System.getenv("ARGOCD_CLUSTER"),
            installation.tenant(),
            repository);
  }

  @AfterAll
  static void uninstall() {
    if (applications != null) {
      applications.names().forEach(applications::delete);
      await(
          "Applications gone", () -> applications.names().stream().allMatch(applications::isGone));
      applications.close();
    }
    if (installation != null) {
      installation.close();
    }
  }

  @Test
  @Order(1)
  void theExampleSyncsAndBecomesHealthy() {
    GitOps.writeFlights(repository);
    GitOps.writeIrises(repository, CLIENT, 1, true);
    GitOps.writeIrises(repository, SERVER, 1, false);
    GitOps.writeIrises(repository, DIFF, 1, false);
    GitOps.writeFaults(repository, CLIENT);
    String commit = repository.commit("everything");
    begin = Instant.now();
    applications.create(FLIGHTS, "flights/plain", PLAIN, "");
    applications.create(CLIENT, CLIENT, PLAIN, "");
    applications.create(SERVER, SERVER, List.of("ServerSideApply=true"), "");
    applications.create(DIFF, DIFF, List.of("ServerSideApply=true"), "ServerSideDiff=true");

    for (String name : List.of(CLIENT, SERVER, DIFF, FLIGHTS)) {
      await(name + " healthy", () -> isHealthy(name) && applications.isSynced(name, commit));
      assertThat(applications.healthSoFar(name)).contains("Progressing").doesNotContain("Degraded");
    }
  }

  /** Without a health there would be nothing to wait for, and all four would come at once. */
  @Test
  @Order(2)
  void aWaveWaitsUntilTheOneBeforeIsHealthy() {
    for (String name : List.of(CLIENT, SERVER, DIFF)) {
      Instant checked = readySince(tenant.get(Dataset.class, name).getStatus());
      TrainingJob training = tenant.get(TrainingJob.class, name);
      Instant trained = readySince(training.getStatus());
      assertThat(createdAt(training)).isAfterOrEqualTo(checked.minusSeconds(1));
      assertThat(createdAt(tenant.get(ModelDeployment.class, name)))
          .isAfterOrEqualTo(trained.minusSeconds(1));
    }
  }

  @Test
  @Order(3)
  void whatGoesWrongIsDegradedAndWhatIsSuspendedIsSuspended() {
    for (String name : GitOps.FAULTS) {
      applications.create(name, name, PLAIN, "");
    }
    for (String name : List.of("refused", "missing-bucket", "failed-training")) {
      await(name + " degraded", () -> applications.health(name).equals("Degraded"));
    }
    for (String name : List.of("suspended", "suspended-at-birth")) {
      await(name, () -> applications.health(name).equals("Suspended"));
    }

    await(
        "a sync that ends with its first wave",
        () ->
            applications
                .status("refused")
                .at("/operationState/message")
                .asText()
                .contains("unsuccessfully"));
    assertThat(tenant.get(TrainingJob.class, "refused")).isNull();
  }

  @Test
  @Order(4)
  void aCanaryThatIsRolledBackIsDegradedUntilItIsTriedAgain() {
    GitOps.writeIrises(repository, CLIENT, 2, true);
    repository.commit("another seed");
    applications.refresh();
    await("a second version waits", () -> phase(CLIENT).equals("AwaitingApproval"));
    assertThat(applications.health(CLIENT)).isEqualTo("Progressing");

    act("mdep", CLIENT, "rollback");
    await("degraded", () -> applications.health(CLIENT).equals("Degraded"));
    act("mdep", CLIENT, "retry");
    await("it waits again", () -> phase(CLIENT).equals("AwaitingApproval"));
    act("mdep", CLIENT, "promote");
    await("healthy", () -> isHealthy(CLIENT));
    assertThat(tenant.get(ModelDeployment.class, CLIENT).getStatus().stable().number())
        .isEqualTo(2);
  }

  /** Three ways to write the same resources: nothing is trained or rolled out anew. */
  @Test
  @Order(5)
  void kustomizeAndHelmSyncTheSameResources() {
    String run = run(Flights.NAME);
    applications.move(FLIGHTS, "flights/kustomize");
    await(
        "two replicas by kustomize",
        () -> {
          ModelDeployment deployment = tenant.get(ModelDeployment.class, Flights.NAME);
          return deployment.getSpec().replicas() == 2
              && deployment.getStatus().stable().readyReplicas() == 2
              && isHealthy(FLIGHTS);
        });
    ModelDeployment deployment = tenant.get(ModelDeployment.class, Flights.NAME);
    assertThat(deployment.getMetadata().getLabels()).containsEntry("team", "planning");
    assertThat(
            installation
                .kubectl()
                .run("get", "pods,deployments.apps,services,jobs", "--output=yaml"))
        .as("children inherit nothing that Argo CD takes for its own, and no image")
        .doesNotContain(
            "app.kubernetes.io/instance", "team: planning", "argocd.argoproj.io", "elsewhere/");

    applications.move(FLIGHTS, "flights/helm");
    await(
        "one replica by Helm",
        () ->
            tenant.get(ModelDeployment.class, Flights.NAME).getSpec().replicas() == 1
                && isHealthy(FLIGHTS));
    assertThat(run(Flights.NAME)).isEqualTo(run);
    assertThat(tenant.get(ModelDeployment.class, Flights.NAME).getStatus().stable().number())
        .isEqualTo(1);
  }

  @Test
  @Order(6)
  void nothingDiffersFromGitWhileEverythingIsAtWork() {
    Instant end = Instant.now().plus(LIVING);
    // the second was that of a canary which was rolled back and promoted
    int seed = 2;
    do {
      seed++;
      for (String name : List.of(CLIENT, SERVER, DIFF)) {
        GitOps.writeIrises(repository, name, seed, false);
        String stable = stable(name);
        String run = run(name);
        act("tj", name, "retrain");
        await("another run of " + name, () -> !run(name).equals(run) && isHealthy(name));
        assertThat(stable(name)).as("the same once more is the same version").isEqualTo(stable);
        act("dset", name, "refresh");
        act("mdl", name, "verify");
        repository.commit("seed %d for %s".formatted(seed, name));
        applications.refresh();
        await("a newer version of " + name, () -> isHealthy(name) && !stable(name).equals(stable));
      }
    } while (Instant.now().isBefore(end));
    System.out.printf(
        "under Argo CD for %d s, the last %d of them with a new version at a time: %d drifts%n",
        Duration.between(begin, Instant.now()).toSeconds(),
        LIVING.toSeconds(),
        applications.drifts().size());
    assertThat(applications.drifts()).isEmpty();
  }

  /** That nothing differs would prove little if it could not be seen. */
  @Test
  @Order(7)
  void whatIsEditedByHandIsSeenAndMended() {
    for (String name : List.of(CLIENT, SERVER, DIFF)) {
      installation
          .kubectl()
          .run("patch", "mdl", name, "--type=merge", "--patch={\"spec\":{\"listedVersions\":3}}");
      await(
          "mended " + name,
          () -> tenant.get(Model.class, name).getSpec().listedVersions() == GitOps.LISTED_VERSIONS);
      assertThat(applications.drifts(name))
          .extracting(Applications.Drift::resources)
          .containsOnly("Model/" + name);
    }
  }

  @Test
  @Order(8)
  void anApplicationThatIsDeletedLeavesWhatIsInS3AndNothingElse() {
    long stored = installation.storedObjects();
    applications.names().forEach(applications::delete);
    await("Applications gone", () -> applications.names().stream().allMatch(applications::isGone));
    await(
        "nothing left",
        () ->
            installation
                .kubectl()
                .run(
                    "get",
                    "ml,jobs,pods,deployments.apps,services,configmaps,hpa,poddisruptionbudgets",
                    "--output=name")
                .lines()
                .allMatch("configmap/kube-root-ca.crt"::equals));
    assertThat(stored).isGreaterThan(10);
    assertThat(installation.storedObjects()).isGreaterThanOrEqualTo(stored);
  }

  private static boolean isHealthy(String application) {
    return applications.health(application).equals("Healthy");
  }

  private static String run(String training) {
    return tenant.get(TrainingJob.class, training).getStatus().run().uid();
  }

  private static String stable(String deployment) {
    return tenant.get(ModelDeployment.class, deployment).getStatus().stable().digest();
  }

  private static String phase(String deployment) {
    return tenant.get(ModelDeployment.class, deployment).getStatus().phase();
  }

  private static void act(String kind, String name, String action) {
    ArgoProgram.act(tenant, kind, name, action);
  }

  private static Instant readySince(ResourceStatus status) {
    return status.condition("Ready").orElseThrow().lastTransitionTime();
  }

  private static Instant createdAt(HasMetadata resource) {
    return Instant.parse(resource.getMetadata().getCreationTimestamp());
  }

  private static void await(String what, Callable<Boolean> reached) {
    Awaitility.await(what).atMost(Tenant.LIMIT).pollInterval(Duration.ofMillis(500)).until(reached);
  }
}
