package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.LiveDeployment.GOLDEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Autoscaling;
import dev.firstday.api.Comparison;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.WorkerResources;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Two that write the same number, on a real API server with its own controllers. */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
class AutoscalingReconcilerTest {
  private LiveDeployment live;

  @BeforeEach
  void start() {
    live = new LiveDeployment();
  }

  @AfterEach
  void stop() {
    live.close();
  }

  @Test
  void autoscalingIsSwitchedOnAndOffWithoutLosingAPod() {
    live.record(1);
    ModelDeployment three = live.deployment();
    three.setSpec(spec(3, null));
    live.cluster.client().resource(three).create();
    live.run("late-v1", 3);
    live.run("late-router", 2);
    live.see(1, GOLDEN, Comparison.NONE);
    live.await(d -> d.getStatus().phase().equals("Stable"));
    Set<String> pods = uids("late-v1");

    edit(null, Map.of("minReplicas", 2, "maxReplicas", 5));
    HorizontalPodAutoscaler autoscaler =
        Awaitility.await("an autoscaler")
            .atMost(LiveDeployment.PATIENCE)
            .until(() -> autoscaler("late-v1"), Objects::nonNull);
    assertThat(autoscaler.getSpec().getMinReplicas()).isEqualTo(2);
    Awaitility.await("the number of pods belongs to it")
        .atMost(LiveDeployment.PATIENCE)
        .until(() -> !Sizes.of(predictor(), true).operatorsOwn());
    assertThat(predictor().getSpec().getReplicas()).isEqualTo(3);
    scale("late-v1", 4);
    live.run("late-v1", 4);
    live.await(d -> d.getStatus().stable().readyReplicas() == 4);
    assertThat(uids("late-v1")).containsAll(pods);
    live.restartedOperatorWritesNothing();
    assertThat(predictor().getSpec().getReplicas()).isEqualTo(4);

    edit(4, null);
    Awaitility.await("no autoscaler")
        .atMost(LiveDeployment.PATIENCE)
        .until(() -> autoscaler("late-v1") == null && Sizes.of(predictor(), false).operatorsOwn());
    assertThat(uids("late-v1")).containsAll(pods).hasSize(4);
  }

  @Test
  void aCandidateHasAsManyPodsAsStable() {
    live.record(1);
    ModelDeployment autoscaled = live.deployment();
    autoscaled.setSpec(spec(null, new Autoscaling(2, 5, null, 8)));
    live.cluster.client().resource(autoscaled).create();
    live.run("late-v1", 2);
    live.run("late-router", 2);
    live.see(1, GOLDEN, Comparison.NONE);
    live.await(d -> d.getStatus().phase().equals("Stable"));
    MetricSpec inFlight = autoscaler("late-v1").getSpec().getMetrics().get(1);
    assertThat(inFlight.getPods().getMetric().getName()).isEqualTo(Autoscaling.IN_FLIGHT_METRIC);
    assertThat(inFlight.getPods().getTarget().getAverageValue()).isEqualTo(new Quantity("8"));
    live.restartedOperatorWritesNothing();
    scale("late-v1", 3);
    live.run("late-v1", 3);

    live.record(2);
    live.run("late-v2", 3);
    live.see(2, GOLDEN, Comparison.NONE);
    live.await(d -> d.getStatus().phase().equals("Canary"));
    assertThat(autoscaler("late-v1").getSpec().getMinReplicas()).isEqualTo(3);
    assertThat(autoscaler("late-v2").getSpec().getMinReplicas()).isEqualTo(3);
  }

  private static ModelDeploymentSpec spec(Integer replicas, Autoscaling autoscaling) {
    return new ModelDeploymentSpec(
        LiveDeployment.MODEL,
        null,
        ModelDeploymentSpec.Track.NEWEST,
        replicas,
        autoscaling,
        new WorkerResources(Map.of("cpu", "1000"), null),
        null,
        null,
        null,
        null);
  }

  private void edit(Integer replicas, Map<String, Integer> autoscaling) {
    Map<String, Object> spec = new HashMap<>();
    spec.put("replicas", replicas);
    spec.put("autoscaling", autoscaling);
    live.cluster.patch(ModelDeployment.class, LiveDeployment.NAME, Map.of("spec", spec));
  }

  /** Plays an autoscaler that knows how busy pods are. */
  private void scale(String deployment, int replicas) {
    live.cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(live.cluster.namespace())
        .withName(deployment)
        .scale(replicas);
  }

  private HorizontalPodAutoscaler autoscaler(String name) {
    return live.cluster
        .client()
        .resources(HorizontalPodAutoscaler.class)
        .inNamespace(live.cluster.namespace())
        .withName(name)
        .get();
  }

  private Deployment predictor() {
    return live.cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(live.cluster.namespace())
        .withName("late-v1")
        .get();
  }

  private Set<String> uids(String deployment) {
    return live.podsOf(deployment).stream()
        .map(pod -> pod.getMetadata().getUid())
        .collect(Collectors.toSet());
  }
}
