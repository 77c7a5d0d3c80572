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
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import dev.firstday.operator.Samples;
import dev.firstday.operator.TestCluster;
import dev.firstday.operator.kube.Applier;
import dev.firstday.operator.kube.EventEmitter;
import dev.firstday.operator.kube.Labels;
import dev.firstday.operator.kube.PodConfig;
import dev.firstday.operator.kube.SharedKinds;
import dev.firstday.operator.kube.StorageConfig;
import dev.firstday.operator.kube.Triggers;
import dev.firstday.operator.worker.DefaultResources;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One Deployment and its operator on a real API server with its own controllers. Pods ask for more
 * cpu than a node has: they stay pending, and the test plays the kubelet and the routers.
 */
final class LiveDeployment implements AutoCloseable {
  static final String NAME = "late";
  static final String MODEL = "late-arrival";
  static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final DefaultResources MORE_THAN_THERE_IS = new DefaultResources("1000", "64Mi");
  static final Comparison GOLDEN = counts(20, 0, 0, 0);

  private final FakeRouterClient routers = new FakeRouterClient();
  private final AtomicInteger passes = new AtomicInteger();
  final TestCluster cluster = new TestCluster();
  private String image = "firstday.invalid/server:none";
  private KubernetesClient own;
  private Operator operator;

  LiveDeployment() {
    startOperator();
  }

  private DeploymentConfig config() {
    return new DeploymentConfig(
        new PodConfig(
            image,
            "Never",
            "",
            new StorageConfig("http://s3.invalid", "bucket", "us-east-1", "", "firstday-s3")),
        MORE_THAN_THERE_IS,
        MORE_THAN_THERE_IS,
        2,
        80,
        false,
        "");
  }

  /** The operator of another release, which has pods run that image. */
  void upgrade(String toImage) {
    image = toImage;
    stopOperator();
    startAgain();
  }

  /** The image that the Deployment's pods are to run. */
  String imageOf(String deployment) {
    return cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(cluster.namespace())
        .withName(deployment)
        .get()
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0)
        .getImage();
  }

  void restartedOperatorWritesNothing() {
    stopOperator();
    cluster.writes().forget();
    startAgain();
    assertThat(cluster.writes().seen()).isEmpty();
  }

  private void stopOperator() {
    operator.stop();
    own.close();
  }

  /** Until the new operator has looked at the Deployment. */
  private void startAgain() {
    int before = passes.get();
    startOperator();
    Awaitility.await("a pass of the new operator")
        .atMost(PATIENCE)
        .until(() -> passes.get() > before);
  }

  private void startOperator() {
    own = cluster.clientOfOperator();
    SharedKinds kinds = SharedKinds.create();
    operator = new Operator(o -> o.withKubernetesClient(own).withCloseClientOnStop(false));
    operator.register(new PlayedModels(kinds), o -> o.settingNamespaces(cluster.namespace()));
    operator.register(
        new CountedPasses(
            new DeploymentReconciler(
                config(),
                kinds,
                routers,
                queries -> Map.of(),
                new Applier(own),
                new EventEmitter(own),
                Clock.systemUTC()),
            passes),
        o ->
            o.settingNamespaces(cluster.namespace())
                .withFieldManager(Applier.FIELD_MANAGER)
                .withGenerationAware(false)
                .withOnUpdateFilter(Triggers::specOrAnnotationsChanged));
    operator.start();
  }

  ModelDeployment deployment() {
    ModelDeployment deployment = new ModelDeployment();
    deployment.setMetadata(
        new ObjectMetaBuilder().withNamespace(cluster.namespace()).withName(NAME).build());
    deployment.setSpec(
        new ModelDeploymentSpec(
            MODEL,
            null,
            ModelDeploymentSpec.Track.NEWEST,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    return deployment;
  }

  /** Plays the Model's reconciler: versions 1 to that number. */
  void record(int newest) {
    Model model = new Model();
    model.setMetadata(
        new ObjectMetaBuilder().withNamespace(cluster.namespace()).withName(MODEL).build());
    model.setSpec(new ModelSpec(null, null, null, null, null, null));
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
                  new ModelStatus(
                      1L,
                      "Ready",
                      List.of(),
                      versions.get(0),
                      newest,
                      versions,
                      versions.stream().map(Samples::passed).toList(),
                      null,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null));
              return m;
            });
  }

  /** Plays the kubelet: the Deployment's pods run and are ready. */
  void run(String deployment, int count) {
    pods().run(deployment, count);
  }

  /** Plays the kubelet: the Deployment's pod says that its artefact is corrupt. */
  void refuse(String deployment) {
    pods().refuse(deployment, version(4));
  }

  List<Pod> podsOf(String deployment) {
    return pods().of(deployment);
  }

  private PlayedPods pods() {
    return new PlayedPods(cluster.client(), cluster.namespace());
  }

  void see(int number, Comparison golden, Comparison live) {
    Awaitility.await("routers follow version " + number)
        .atMost(PATIENCE)
        .until(() -> routers.see(version(number), golden, live));
  }

  /** Passes fail from now on, or no longer. */
  void failPasses(boolean fail) {
    routers.setBroken(fail);
  }

  ModelDeployment await(Predicate<ModelDeployment> described) {
    return cluster.await(
        ModelDeployment.class, NAME, d -> d.getStatus().phase() != null && described.test(d));
  }

  ModelDeployment read() {
    return cluster
        .client()
        .resources(ModelDeployment.class)
        .inNamespace(cluster.namespace())
        .withName(NAME)
        .get();
  }

  Routes routesOf(String name) {
    ConfigMap map =
        cluster.client().configMaps().inNamespace(cluster.namespace()).withName(name).get();
    return Contract.read(map.getData().get(DeploymentChildren.ROUTES_KEY), Routes.class);
  }

  String addressOf(String service) {
    return cluster
        .client()
        .services()
        .inNamespace(cluster.namespace())
        .withName(service)
        .get()
        .getSpec()
        .getClusterIP();
  }

  <R extends HasMetadata> List<String> names(Class<R> kind) {
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

  List<String> events() {
    return told().map(Event::getReason).toList();
  }

  int timesTold(String reason) {
    return told().filter(event -> event.getReason().equals(reason)).mapToInt(Event::getCount).sum();
  }

  private Stream<Event> told() {
    return cluster
        .client()
        .resources(Event.class)
        .inNamespace(cluster.namespace())
        .list()
        .getItems()
        .stream();
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

    @Override
    public ErrorStatusUpdateControl<ModelDeployment> updateErrorStatus(
        ModelDeployment resource, Context<ModelDeployment> context, Exception cause) {
      return reconciler.updateErrorStatus(resource, context, cause);
    }
  }

  /** Models of which the test says what they are. */
  @ControllerConfiguration
  private record PlayedModels(SharedKinds kinds) implements Reconciler<Model> {
    @Override
    public List<EventSource<?, Model>> prepareEventSources(EventSourceContext<Model> context) {
      return List.of(kinds.models().publish(context));
    }

    @Override
    public UpdateControl<Model> reconcile(Model model, Context<Model> context) {
      return UpdateControl.noUpdate();
    }
  }

  @Override
  public void close() {
    operator.stop();
    own.close();
    cluster.close();
  }
}
