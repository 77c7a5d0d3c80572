package dev.firstday.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.Firstday;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.RolloutCommand;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;

/**
 * A Deployment of the irises, to which versions come and go.
 *
 * @param name of the Deployment
 * @param model whose versions they are
 */
record Trials(Tenant tenant, String name, String model) {
  private static final String GATEWAY_API = "gateway.networking.k8s.io";
  private static final int DEADLINE_SECONDS = 120;
  private static final Duration POLL = Duration.ofMillis(200);

  /** Asks for that version, through all stages. */
  void want(int version) {
    want(version, DEADLINE_SECONDS);
  }

  void want(int version, int phaseDeadlineSeconds) {
    want(version, phaseDeadlineSeconds, false);
  }

  /** Asks for that version, which is compared until somebody approves that it answers callers. */
  void wantApproved(int version) {
    want(version, DEADLINE_SECONDS, true);
  }

  /** Asks for that version, which gives way to the one before it when somebody says so. */
  void wantReversible(int version) {
    want(
        version,
        spec -> {
          var rollout = spec.putObject("rollout");
          rollout.putArray("steps");
          rollout.putObject("rollbackWindow");
        });
  }

  private void want(int version, int phaseDeadlineSeconds, boolean requireApproval) {
    want(
        version,
        spec -> {
          var rollout = spec.putObject("rollout");
          rollout.putObject("shadow").put("percent", 100);
          var steps = rollout.putArray("steps");
          steps.addObject().put("weight", 50).put("requireApproval", requireApproval);
          steps.addObject().put("weight", 75).put("requireApproval", requireApproval);
          rollout.put("bakeSeconds", 5);
          rollout.put("phaseDeadlineSeconds", phaseDeadlineSeconds);
        });
  }

  /** Asks for that version, with what else the spec is to say. */
  void want(int version, Consumer<ObjectNode> rest) {
    tenant.apply(
        Irises.variant(
            "Deployment",
            name,
            spec -> {
              spec.remove("track");
              spec.put("model", model);
              spec.put("version", version);
              spec.put("replicas", 1);
              rest.accept(spec);
            }));
  }

  /** The model with that spec. */
  void applyModel(Consumer<ObjectNode> spec) {
    tenant.apply(Irises.variant("Model", model, spec));
  }

  /** Tells the rollout that, and waits until the operator has done it. */
  void command(RolloutCommand command) {
    String once = say(command);
    awaitStatus(
        command.word(),
        status ->
            once.equals(status.rollout().command())
                && Boolean.TRUE.equals(status.rollout().commandObeyed()));
  }

  /**
   * Tells the rollout that.
   *
   * @return as the status will have it
   */
  String say(RolloutCommand command) {
    String once = command.word() + " " + Instant.now();
    tenant
        .kubectl()
        .run(
            "annotate",
            "--overwrite",
            "modeldeployments.firstday.dev/" + name,
            Firstday.ROLLOUT_ANNOTATION + "=" + once);
    return once;
  }

  ModelDeploymentStatus status() {
    return tenant.get(ModelDeployment.class, name).getStatus();
  }

  void awaitServing(int version) {
    tenant.await(
        ModelDeployment.class,
        name,
        d ->
            "Stable".equals(d.getStatus().phase())
                && d.getStatus().stable().number() == version
                && d.getStatus().candidate() == null);
  }

  /** Until that version was rolled back by the rollout that is asked for now. */
  ModelDeploymentStatus.Rejection awaitRollback(int version) {
    tenant.await(
        ModelDeployment.class,
        name,
        d ->
            "RolledBack".equals(d.getStatus().phase())
                && d.getStatus().rejected().get(0).number() == version
                && d.getMetadata()
                    .getGeneration()
                    .equals(d.getStatus().rejected().get(0).generation()));
    return status().rejected().get(0);
  }

  /** Until the stable version has so many that are ready. */
  void awaitPods(int pods) {
    awaitStatus(
        pods + " pods", status -> Integer.valueOf(pods).equals(status.stable().readyReplicas()));
  }

  void awaitStage(String stage) {
    awaitStatus(stage, status -> stage.equals(stageOf(status)));
  }

  void awaitPhase(String stage, String phase) {
    awaitStatus(
        phase + " in " + stage,
        status -> stage.equals(stageOf(status)) && phase.equals(status.phase()));
  }

  /** Until the status says so to people. */
  void awaitWords(String words) {
    awaitStatus(
        words,
        status ->
            status.conditions() != null
                && status.conditions().stream().anyMatch(c -> c.message().contains(words)));
  }

  String stage() {
    return stageOf(status());
  }

  private void awaitStatus(String what, Predicate<ModelDeploymentStatus> reached) {
    awaiting(what + " of " + name)
        .until(
            () -> {
              ModelDeploymentStatus status = status();
              return status != null && reached.test(status);
            });
  }

  /** Until as many pods as there should be are ready, and no others are there. */
  void awaitReady(Map<String, String> labels) {
    awaiting("pods of " + name + " with " + labels).until(() -> areReady(labels));
  }

  void awaitGone(Map<String, String> labels) {
    awaiting("no pods of " + name + " with " + labels).until(() -> pods(labels).isEmpty());
  }

  /** More often than others look, for what a rollout does in passing. */
  private ConditionFactory awaiting(String what) {
    return tenant.awaiting(what).pollInterval(POLL);
  }

  boolean areReady(Map<String, String> labels) {
    List<Pod> pods = pods(labels);
    return !pods.isEmpty() && pods.stream().allMatch(Trials::isReady);
  }

  private static boolean isReady(Pod pod) {
    return Readiness.isPodReady(pod) && pod.getMetadata().getDeletionTimestamp() == null;
  }

  /** It may be gone already. */
  void delete() {
    tenant
        .client()
        .resources(ModelDeployment.class)
        .inNamespace(tenant.kubectl().namespace())
        .withName(name)
        .delete();
  }

  /** Whether all is gone that the operator made for it. */
  boolean nothingIsLeft() {
    return tenant.get(ModelDeployment.class, name) == null
        && pods(Map.of()).isEmpty()
        && children().isEmpty();
  }

  /** What the operator made for it, as {@code kind/name}. */
  List<String> children() {
    return tenant
        .kubectl()
        .run(
            "get",
            String.join(",", kindsOfChildren()),
            "--selector=firstday.dev/name=" + name,
            "--output=name")
        .lines()
        .toList();
  }

  private List<String> kindsOfChildren() {
    List<String> kinds =
        new ArrayList<>(
            List.of(
                "deployments.apps",
                "services",
                "configmaps",
                "poddisruptionbudgets",
                "horizontalpodautoscalers"));
    for (String route : List.of("HTTPRoute", "GRPCRoute")) {
      if (tenant.client().supports(GATEWAY_API + "/v1", route)) {
        kinds.add(route.toLowerCase(Locale.ROOT) + "s." + GATEWAY_API);
      }
    }
    return kinds;
  }

  private static String stageOf(ModelDeploymentStatus status) {
    return status == null || status.rollout() == null ? "" : status.rollout().stage();
  }

  /** Their containers' processes, as they run on this machine now. */
  List<ProcessHandle> processes(Map<String, String> labels) {
    return tenant.processes(name, labels);
  }

  List<Pod> pods(Map<String, String> labels) {
    return tenant.pods(name, labels);
  }

  SharedIndexInformer<Pod> watch(Map<String, String> labels, ResourceEventHandler<Pod> watcher) {
    return tenant
        .client()
        .pods()
        .inNamespace(tenant.kubectl().namespace())
        .withLabel("firstday.dev/name", name)
        .withLabels(labels)
        .inform(watcher);
  }

  /** The routes as the operator has written them down, for routers that start. */
  SharedIndexInformer<ConfigMap> watchRoutes(ResourceEventHandler<ConfigMap> watcher) {
    return tenant
        .client()
        .configMaps()
        .inNamespace(tenant.kubectl().namespace())
        .withName(name + "-routes")
        .inform(watcher);
  }

  /** They are gone at once, and others take their places. */
  void kill(List<Pod> pods) {
    for (Pod pod : pods) {
      tenant
          .kubectl()
          .run("delete", "pod", pod.getMetadata().getName(), "--grace-period=0", "--force");
    }
  }

  /** As when its node is drained: it may answer whom it answers, and others come no more. */
  void evict(Pod pod) {
    awaiting("leave by the disruption budget")
        .until(() -> tenant.client().pods().resource(pod).evict());
    awaiting("the end of " + pod.getMetadata().getName())
        .until(() -> tenant.client().pods().resource(pod).get() == null);
  }

  /** How often each pod's containers started anew. */
  Map<String, Integer> restarts() {
    return pods(Map.of()).stream()
        .collect(
            Collectors.toMap(
                pod -> pod.getMetadata().getName(),
                pod ->
                    pod.getStatus().getContainerStatuses().stream()
                        .mapToInt(ContainerStatus::getRestartCount)
                        .sum()));
  }

  /** Whether all pods run that image, and are ready. */
  boolean allRun(String image) {
    return pods(Map.of()).stream()
        .allMatch(
            pod ->
                isReady(pod) && pod.getSpec().getContainers().get(0).getImage().startsWith(image));
  }

  /** Where callers of that version are led to. */
  String address(int version) {
    return tenant
        .client()
        .services()
        .inNamespace(tenant.kubectl().namespace())
        .withName(name + "-v" + version)
        .get()
        .getSpec()
        .getClusterIP();
  }

  static Map<String, String> routers() {
    return Map.of("app.kubernetes.io/component", "router");
  }

  static Map<String, String> predictors(int version) {
    return Map.of(
        "app.kubernetes.io/component",
        "predictor",
        "firstday.dev/version",
        String.valueOf(version));
  }
}
