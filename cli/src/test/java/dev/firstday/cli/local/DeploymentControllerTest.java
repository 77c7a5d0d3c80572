package dev.firstday.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeploymentControllerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Deployment TWO =
      Serialization.unmarshal(
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: web, namespace: team, uid: u-1, generation: 4}
          spec:
            replicas: 2
            template: {spec: {containers: [{name: main, image: i}]}}
          """,
          Deployment.class);
  private static final String NEW = DeploymentController.hash(TWO);

  private static Pod pod(String name, String hash, boolean ready) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(Map.of(DeploymentController.HASH_LABEL, hash))
        .endMetadata()
        .withNewStatus()
        .withPhase("Running")
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready ? "True" : "False")
        .endCondition()
        .endStatus()
        .build();
  }

  @Test
  void makesThePodsThatAreWanted() {
    assertThat(created(List.of())).containsExactly("web-" + NEW + "-0", "web-" + NEW + "-1");
    assertThat(created(List.of(pod("web-" + NEW + "-1", NEW, true))))
        .containsExactly("web-" + NEW + "-0");
  }

  @Test
  void replacesOneAtATimeAndTakesNoneThatAnswersBeforeAnotherDoes() {
    Pod a = pod("a", "old", true);
    Pod b = pod("b", "old", true);
    assertThat(created(List.of(a, b))).hasSize(1);
    assertThat(deleted(List.of(a, b))).isEmpty();

    Pod starting = pod("web-" + NEW + "-0", NEW, false);
    assertThat(created(List.of(a, b, starting))).isEmpty();
    assertThat(deleted(List.of(a, b, starting))).isEmpty();

    Pod started = pod("web-" + NEW + "-0", NEW, true);
    assertThat(deleted(List.of(a, b, started))).containsExactly("a");
  }

  @Test
  void takesOldPodsThatDoNotAnswerAtOnce() {
    assertThat(deleted(List.of(pod("a", "old", false), pod("b", "old", true))))
        .containsExactly("a");
  }

  @Test
  void takesThoseTooManyTheUnreadyFirst() {
    Pod first = pod("web-" + NEW + "-0", NEW, true);
    Pod unready = pod("web-" + NEW + "-1", NEW, false);
    Pod third = pod("web-" + NEW + "-2", NEW, true);

    assertThat(deleted(List.of(first, unready, third))).containsExactly("web-" + NEW + "-1");
  }

  @Test
  void recreatesWhenToldTo() {
    Deployment recreate =
        new DeploymentBuilder(TWO)
            .editSpec()
            .withNewStrategy()
            .withType("Recreate")
            .endStrategy()
            .endSpec()
            .build();
    List<Write> writes = DeploymentController.plan(recreate, List.of(pod("a", "old", true)), NOW);

    assertThat(writes).noneMatch(Write.CreatePod.class::isInstance);
    assertThat(writes).anyMatch(Write.DeletePod.class::isInstance);
  }

  @Test
  void statusCountsAndThenRests() {
    List<Pod> pods =
        List.of(pod("web-" + NEW + "-0", NEW, true), pod("web-" + NEW + "-1", NEW, true));

    DeploymentStatus status = status(DeploymentController.plan(TWO, pods, NOW));

    assertThat(status.getObservedGeneration()).isEqualTo(4);
    assertThat(status.getReadyReplicas()).isEqualTo(2);
    assertThat(status.getUpdatedReplicas()).isEqualTo(2);
    assertThat(status.getUnavailableReplicas()).isNull();
    Deployment settled = new DeploymentBuilder(TWO).withStatus(status).build();
    assertThat(DeploymentController.plan(settled, pods, NOW.plusSeconds(60))).isEmpty();
  }

  private static List<String> created(List<Pod> pods) {
    return DeploymentController.plan(TWO, pods, NOW).stream()
        .filter(Write.CreatePod.class::isInstance)
        .map(write -> ((Write.CreatePod) write).pod().getMetadata().getName())
        .toList();
  }

  private static List<String> deleted(List<Pod> pods) {
    return DeploymentController.plan(TWO, pods, NOW).stream()
        .filter(Write.DeletePod.class::isInstance)
        .map(write -> ((Write.DeletePod) write).pod().getMetadata().getName())
        .toList();
  }

  private static DeploymentStatus status(List<Write> writes) {
    return writes.stream()
        .filter(Write.SetDeploymentStatus.class::isInstance)
        .map(write -> ((Write.SetDeploymentStatus) write).status())
        .findFirst()
        .orElseThrow();
  }
}
