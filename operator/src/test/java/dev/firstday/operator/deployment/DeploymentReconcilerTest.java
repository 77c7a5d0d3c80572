package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.counts;
import static dev.firstday.operator.deployment.World.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Comparison;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.WorkerResources;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.FakeKubelet;
import dev.firstday.operator.TestCluster;
import dev.firstday.operator.kube.Applier;
import dev.firstday.operator.kube.EventEmitter;
import dev.firstday.operator.kube.Labels;
import dev.firstday.operator.kube.PodConfig;
import dev.firstday.operator.kube.StorageConfig;
import dev.firstday.operator.worker.DefaultResources;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * On a real API server with its own controllers. Pods ask for more cpu than a node has: they stay
 * pending, and the test plays the kubelet and the routers.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
class DeploymentReconcilerTest {
  private static final String NAME = "late";
  private static final String MODEL = "late-arrival";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final DefaultResources MORE_THAN_THERE_IS = new DefaultResources("1000", "64Mi");
  private static final DeploymentConfig CONFIG =
      new DeploymentConfig(
          new PodConfig(
              "firstday.invalid/server:none",
              "Never",
              "",
              new StorageConfig("http://s3.invalid", "bucket", "us-east-1", "", "firstday-s3")),
          MORE_THAN_THERE_IS,
          MORE_THAN_THERE_IS,
          2,
          80,
          false,
          "");
  private static final Comparison GOLDEN = counts(20, 0, 0, 0);

  private final FakeRouterClient routers = new FakeRouterClient();
  private final AtomicInteger passes = new AtomicInteger();
  private TestCluster cluster;
  private KubernetesClient own;
  private Operator operator;

  @BeforeEach
  void start() {
    cluster = new TestCluster();
    startOperator();
  }

  @AfterEach
  void stop() {
    operator.stop();
    own.close();
    cluster.close();
  }

  @Test
  void versionsArePromotedAndRolledBackAndASettledDeploymentIsLeftAlone() {
    record(1);
    cluster.client().resource(deployment()).create();
    run("late-v1", 1);
    run("late-router", 2);
    see(1, GOLDEN, Comparison.NONE);
    await(d -> d.getStatus().phase().equals("Stable"));
    assertThat(routesOf("late-routes").stable().url())
        .isEqualTo("http://" + addressOf("late-v1") + ":80");

    restartedOperatorWritesNothing();

    record(2);
    run("late-v2", 1);
    see(2, GOLDEN, Comparison.NONE);
    await(d -> d.getStatus().phase().equals("Canary"));
    see(2, GOLDEN, counts(100, 0, 0, 0));
    await(d -> d.getStatus().candidate().weight() == 50);
    see(2, GOLDEN, counts(200, 0, 0, 0));
    await(d -> d.getStatus().phase().equals("Stable"));
    assertThat(names(Deployment.class)).containsExactlyInAnyOrder("late-router", "late-v2");
    assertThat(names(Service.class)).containsExactlyInAnyOrder("late", "late-v2");

    record(3);
    run("late-v3", 1);
    see(3, GOLDEN, Comparison.NONE);
    await(d -> d.getStatus().phase().equals("Canary"));
    see(3, GOLDEN, counts(60, 0, 0, 40));
    await(d -> d.getStatus().phase().equals("RolledBack"));
    Awaitility.await("its pods go")
        .atMost(PATIENCE)
        .until(() -> !names(Deployment.class).contains("late-v3"));
    assertThat(read().getStatus().stable().number()).isEqualTo(2);
    assertThat(read().getStatus().rejected().get(0).reason()).isEqualTo("DisagreementTooHigh");

    record(4);
    refuse("late-v4");
    await(d -> d.getStatus().rejected().get(0).reason().equals("ArtefactCorrupt"));
    assertThat(events()).contains("RolloutStarted", "Promoted", "WeightRaised", "RolledBack");
  }

  @Test
  void whatTheApiServerRefusesIsAConditionAndNoStackTrace() {
    record(1);
    ModelDeployment wrong = deployment();
    wrong.setSpec(
        new ModelDeploymentSpec(
            MODEL,
            null,
            ModelDeploymentSpec.Track.NEWEST,
            1,
            new WorkerResources(Map.of("cpu", "2", "memory", "1Gi"), Map.of("memory", "512Mi")),
            null,
            null,
            null));
    cluster.client().resource(wrong).create();

    ModelDeployment stalled = await(d -> d.getStatus().phase().equals("Failed"));
    assertThat(stalled.getStatus().conditions().get(0).message()).contains("memory");

    cluster.patch(
        ModelDeployment.class,
        stalled.getMetadata().getName(),
        Map.of("spec", Collections.singletonMap("resources", null)));
    run("late-v1", 1);
    await(d -> d.getStatus().phase().equals("Starting"));
  }

  private void restartedOperatorWritesNothing() {
    operator.stop();
    own.close();
    cluster.writes().forget();
    int before = passes.get();
    startOperator();
    Awaitility.await("a pass of the new operator")
        .atMost(PATIENCE)
        .until(() -> passes.get() > before);
    assertThat(cluster.writes().seen()).isEmpty();
  }

  private void startOperator() {
    own =
        new KubernetesClientBuilder()
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor("count-writes", cluster.writes()))
            .build();
    operator = new Operator(o -> o.withKubernetesClient(own).withCloseClientOnStop(false));
    operator.register(
        new CountedPasses(
            new DeploymentReconciler(
                CONFIG,
                routers,
                queries -> Map.of(),
                new Applier(own),
                new EventEmitter(own),
                Clock.systemUTC()),
            passes),
        o -> o.settingNamespaces(cluster.namespace()).withFieldManager(Applier.FIELD_MANAGER));
    operator.start();
  }

  private ModelDeployment deployment() {
    ModelDeployment deployment = new ModelDeployment();
    deployment.setMetadata(
        new ObjectMetaBuilder().withNamespace(cluster.namespace()).withName(NAME).build());
    deployment.setSpec(
        new ModelDeploymentSpec(
            MODEL, null, ModelDeploymentSpec.Track.NEWEST, null, null, null, null, null));
    return deployment;
  }

  /** Plays the Model's reconciler: versions 1 to that number. */
  private void record(int newest) {
    Model model = new Model();
    model.setMetadata(
        new ObjectMetaBuilder().withNamespace(cluster.namespace()).withName(MODEL).build());
    model.setSpec(new ModelSpec(null));
    cluster.client().resource(model).serverSideApply();
    List<ModelVersion> versions =
        IntStream.rangeClosed(1, newest)
            .mapToObj(i -> newest + 1 - i)
            .map(
                n ->
                    new ModelVersion(
                        n,
                        version(n).digest(),
                        "flights/1",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "run-" + n,
                        Instant.EPOCH))
            .toList();
    cluster
        .client()
        .resources(Model.class)
        .inNamespace(cluster.namespace())
        .withName(MODEL)
        .editStatus(
            m -> {
              m.setStatus(
                  new ModelStatus(1L, "Ready", List.of(), versions.get(0), newest, versions, null));
              return m;
            });
  }

  /** Plays the kubelet: the Deployment's pods run and are ready. */
  private void run(String deployment, int count) {
    each(
        deployment,
        count,
        pod ->
            running(pod)
                .withPodIP("10.99." + Math.abs(pod.getMetadata().getName().hashCode() % 250) + ".1")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition());
  }

  /** Plays the kubelet: the Deployment's pod says that its artefact is corrupt. */
  private void refuse(String deployment) {
    String words =
        Contract.write(
            new RunResult.Failure(
                version(4).digest(),
                "ArtefactCorrupt",
                "objects/sha256/1234 has another digest: restore it",
                RunResult.Cure.FIX_DATA));
    each(
        deployment,
        1,
        pod -> {
          ContainerStatus waiting =
              container()
                  .withNewState()
                  .withNewWaiting()
                  .withReason("CrashLoopBackOff")
                  .endWaiting()
                  .endState()
                  .withNewLastState()
                  .withNewTerminated()
                  .withExitCode(1)
                  .withMessage(words)
                  .endTerminated()
                  .endLastState()
                  .build();
          return new PodStatusBuilder().withPhase("Running").withContainerStatuses(waiting);
        });
  }

  private void each(String deployment, int count, Function<Pod, PodStatusBuilder> status) {
    List<Pod> pods =
        Awaitility.await("pods of " + deployment)
            .atMost(PATIENCE)
            .until(() -> podsOf(deployment), found -> found.size() == count);
    FakeKubelet kubelet = new FakeKubelet(cluster.client(), cluster.namespace());
    pods.forEach(pod -> kubelet.report(pod, status.apply(pod).build()));
  }

  private static PodStatusBuilder running(Pod pod) {
    return new PodStatusBuilder()
        .withPhase("Running")
        .withContainerStatuses(
            container()
                .withReady(true)
                .withNewState()
                .withNewRunning()
                .withStartedAt(pod.getMetadata().getCreationTimestamp())
                .endRunning()
                .endState()
                .build());
  }

  private static ContainerStatusBuilder container() {
    return new ContainerStatusBuilder()
        .withName("server")
        .withImage("none")
        .withImageID("none")
        .withReady(false)
        .withRestartCount(0);
  }

  private List<Pod> podsOf(String deployment) {
    Deployment found =
        cluster
            .client()
            .apps()
            .deployments()
            .inNamespace(cluster.namespace())
            .withName(deployment)
            .get();
    return found == null
        ? List.of()
        : cluster
            .client()
            .pods()
            .inNamespace(cluster.namespace())
            .withLabels(found.getSpec().getSelector().getMatchLabels())
            .list()
            .getItems();
  }

  private void see(int number, Comparison golden, Comparison live) {
    Awaitility.await("routers follow version " + number)
        .atMost(PATIENCE)
        .until(() -> routers.see(version(number), golden, live));
  }

  private ModelDeployment await(Predicate<ModelDeployment> described) {
    return cluster.await(
        ModelDeployment.class, NAME, d -> d.getStatus().phase() != null && described.test(d));
  }

  private ModelDeployment read() {
    return cluster
        .client()
        .resources(ModelDeployment.class)
        .inNamespace(cluster.namespace())
        .withName(NAME)
        .get();
  }

  private Routes routesOf(String name) {
    ConfigMap map =
        cluster.client().configMaps().inNamespace(cluster.namespace()).withName(name).get();
    return Contract.read(map.getData().get(DeploymentChildren.ROUTES_KEY), Routes.class);
  }

  private String addressOf(String service) {
    return cluster
        .client()
        .services()
        .inNamespace(cluster.namespace())
        .withName(service)
        .get()
        .getSpec()
        .getClusterIP();
  }

  private <R extends HasMetadata> List<String> names(Class<R> kind) {
    return cluster
        .client()
        .resources(kind)
        .inNamespace(cluster.namespace())
        .withLabel(Labels.NAME, NAME)
        .list()
        .getItems()
        .stream()
        .map(r -> r.getMetadata().getName())
        .toList();
  }

  private List<String> events() {
    return cluster
        .client()
        .resources(Event.class)
        .inNamespace(cluster.namespace())
        .list()
        .getItems()
        .stream()
        .map(Event::getReason)
        .toList();
  }

  /** Counts passes that have ended. */
  private record CountedPasses(DeploymentReconciler reconciler, AtomicInteger passes)
      implements Reconciler<ModelDeployment> {
    @Override
    public List<EventSource<?, ModelDeployment>> prepareEventSources(
        EventSourceContext<ModelDeployment> context) {
      return reconciler.prepareEventSources(context);
    }

    @Override
    public UpdateControl<ModelDeployment> reconcile(
        ModelDeployment resource, Context<ModelDeployment> context) {
      UpdateControl<ModelDeployment> control = reconciler.reconcile(resource, context);
      passes.incrementAndGet();
      return control;
    }
  }
}
