package dev.firstday.cluster;

import dev.firstday.api.Firstday;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.RolloutCommand;
import dev.firstday.contract.PodEnvironment;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A Deployment of the irises, to which versions come and go.
 *
 * @param name of the Deployment
 */
record Trials(Tenant tenant, String name) {
  /** What a rollout goes through here. */
  private static final List<String> STAGES =
      List.of("Starting", "Golden", "Shadow", "Canary", "Baking");

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

  private void want(int version, int phaseDeadlineSeconds, boolean requireApproval) {
    tenant.apply(
        Irises.variant(
            "Deployment",
            name,
            spec -> {
              spec.remove("track");
              spec.put("version", version);
              spec.put("replicas", 1);
              var rollout = spec.putObject("rollout");
              rollout.putObject("shadow").put("percent", 100);
              rollout
                  .putArray("steps")
                  .addObject()
                  .put("weight", 50)
                  .put("requireApproval", requireApproval);
              rollout.put("bakeSeconds", 5);
              rollout.put("phaseDeadlineSeconds", phaseDeadlineSeconds);
            }));
  }

  /** Tells the rollout that, and waits until the operator has done it. */
  void command(RolloutCommand command) {
    tenant
        .kubectl()
        .run(
            "annotate",
            "--overwrite",
            "modeldeployments.firstday.dev/" + name,
            Firstday.ROLLOUT_ANNOTATION + "=" + command.word());
    tenant.await(
        ModelDeployment.class,
        name,
        d ->
            command.word().equals(d.getStatus().rollout().command())
                && Boolean.TRUE.equals(d.getStatus().rollout().commandObeyed()));
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

  /** Until the rollout is in that stage, or past it: some are over between two looks. */
  void awaitStage(String stage) {
    Awaitility.await(stage)
        .atMost(Tenant.LIMIT)
        .pollInterval(POLL)
        .until(() -> STAGES.indexOf(stageOf(status())) >= STAGES.indexOf(stage));
  }

  /**
   * Does it in each stage that the rollout goes through, as soon as it is there, until none is
   * under way.
   *
   * @return the stages
   */
  Set<String> inEveryStage(Runnable deed) {
    Set<String> seen = new LinkedHashSet<>();
    Awaitility.await("the end of the rollout of " + name)
        .atMost(Tenant.LIMIT)
        .pollInterval(POLL)
        .until(
            () -> {
              ModelDeploymentStatus status = status();
              if (status.candidate() != null && seen.add(stageOf(status))) {
                deed.run();
              }
              return !seen.isEmpty() && status.candidate() == null;
            });
    return seen;
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

  /**
   * Notes when a pod is ended for want of memory, also when it is gone by the time that one would
   * ask: a rollout that fails may end before the kubelet has said why.
   */
  SharedIndexInformer<Pod> watchMemory(Map<String, String> labels, AtomicBoolean outgrew) {
    return tenant
        .client()
        .pods()
        .inNamespace(tenant.kubectl().namespace())
        .withLabel("firstday.dev/name", name)
        .withLabels(labels)
        .inform(
            new ResourceEventHandler<>() {
              @Override
              public void onAdd(Pod pod) {
                note(pod);
              }

              @Override
              public void onUpdate(Pod before, Pod pod) {
                note(pod);
              }

              @Override
              public void onDelete(Pod pod, boolean isOld) {
                note(pod);
              }

              private void note(Pod pod) {
                outgrew.compareAndSet(false, outgrewMemory(pod));
              }
            });
  }

  private static boolean outgrewMemory(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .flatMap(container -> Stream.of(container.getState(), container.getLastState()))
        .filter(state -> state != null && state.getTerminated() != null)
        .anyMatch(state -> "OOMKilled".equals(state.getTerminated().getReason()));
  }

  /** They are gone at once, and others take their places. */
  void kill(List<Pod> pods) {
    for (Pod pod : pods) {
      tenant
          .kubectl()
          .run("delete", "pod", pod.getMetadata().getName(), "--grace-period=0", "--force");
    }
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
                Readiness.isPodReady(pod)
                    && pod.getMetadata().getDeletionTimestamp() == null
                    && pod.getSpec().getContainers().get(0).getImage().startsWith(image));
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

  /** Callers whose way does not lead through the API server, as a forwarded port does. */
  void underTraffic(Consumer<Traffic> body) {
    Service door =
        new ServiceBuilder()
            .withNewMetadata()
            .withName(name + "-door")
            .endMetadata()
            .withNewSpec()
            .withType("NodePort")
            .addToSelector(routers())
            .addToSelector("firstday.dev/name", name)
            .addNewPort()
            .withPort(PodEnvironment.HTTP_PORT)
            .endPort()
            .endSpec()
            .build();
    int port =
        tenant
            .client()
            .resource(door)
            .inNamespace(tenant.kubectl().namespace())
            .serverSideApply()
            .getSpec()
            .getPorts()
            .get(0)
            .getNodePort();
    URI ready = URI.create("http://127.0.0.1:%d/v2/health/ready".formatted(port));
    tenant.awaiting("the door").ignoreExceptions().until(() -> isReady(ready));
    try (Traffic traffic = new Traffic("http://127.0.0.1:" + port, Irises.NAME, Irises::flower)) {
      tenant.awaiting("the first answers").until(() -> traffic.answers() > 10);
      body.accept(traffic);
      System.out.printf("%s: answers by version: %s%n", name, traffic.answersByVersion());
    }
  }

  private static boolean isReady(URI address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
            .statusCode()
        == 200;
  }
}
