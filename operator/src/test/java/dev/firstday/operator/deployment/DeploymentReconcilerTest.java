package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.LiveDeployment.GOLDEN;
import static dev.firstday.operator.deployment.World.counts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Comparison;
import dev.firstday.api.Firstday;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.WorkerResources;
import dev.firstday.operator.kube.Standing;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** On a real API server with its own controllers. */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
class DeploymentReconcilerTest {
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
  void versionsArePromotedAndRolledBackAndASettledDeploymentIsLeftAlone() {
    serveTheFirst();
    assertThat(live.routesOf("late-routes").stable().url())
        .isEqualTo("http://" + live.addressOf("late-v1") + ":80");

    live.restartedOperatorWritesNothing();

    live.record(2);
    live.run("late-v2", 1);
    live.see(2, GOLDEN, Comparison.NONE);
    live.await(d -> d.getStatus().phase().equals("Canary"));
    live.see(2, GOLDEN, counts(100, 0, 0, 0));
    live.await(d -> d.getStatus().candidate().weight() == 50);
    live.see(2, GOLDEN, counts(200, 0, 0, 0));
    live.await(d -> d.getStatus().phase().equals("Stable"));
    assertThat(live.names(Deployment.class)).containsExactlyInAnyOrder("late-router", "late-v2");
    assertThat(live.names(Service.class))
        .containsExactlyInAnyOrder("late", "late-router", "late-v2");

    live.record(3);
    live.run("late-v3", 1);
    live.see(3, GOLDEN, Comparison.NONE);
    live.await(d -> d.getStatus().phase().equals("Canary"));
    live.see(3, GOLDEN, counts(60, 0, 0, 40));
    live.await(d -> d.getStatus().phase().equals("RolledBack"));
    Awaitility.await("its pods go")
        .atMost(LiveDeployment.PATIENCE)
        .until(() -> !live.names(Deployment.class).contains("late-v3"));
    assertThat(live.read().getStatus().stable().number()).isEqualTo(2);
    assertThat(live.read().getStatus().rejected().get(0).reason()).isEqualTo("DisagreementTooHigh");

    live.record(4);
    live.refuse("late-v4");
    live.await(d -> d.getStatus().rejected().get(0).reason().equals("ArtefactCorrupt"));
    assertThat(live.events()).contains("RolloutStarted", "Promoted", "WeightRaised", "RolledBack");
  }

  @Test
  void anUpgradeStartsNoPodAnewWhileVersionsAreCompared() {
    serveTheFirst();
    String before = live.imageOf("late-v1");
    live.record(2);
    live.run("late-v2", 1);
    live.see(2, GOLDEN, Comparison.NONE);
    live.await(d -> d.getStatus().phase().equals("Canary"));

    live.upgrade("firstday.invalid/server:next");
    assertThat(List.of("late-v1", "late-v2", "late-router"))
        .allSatisfy(name -> assertThat(live.imageOf(name)).as(name).isEqualTo(before));
    live.see(2, GOLDEN, counts(60, 0, 0, 40));
    live.await(d -> d.getStatus().phase().equals("RolledBack"));

    Awaitility.await("what serves is the new release's")
        .atMost(LiveDeployment.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(List.of("late-v1", "late-router"))
                    .allSatisfy(
                        name ->
                            assertThat(live.imageOf(name))
                                .as(name)
                                .isEqualTo("firstday.invalid/server:next")));
  }

  @Test
  void passesThatFailAreSaidWhileWhatServesGoesOn() {
    serveTheFirst();
    live.failPasses(true);
    live.cluster.patch(
        ModelDeployment.class,
        LiveDeployment.NAME,
        Map.of("spec", Map.of("rollout", Map.of("phaseDeadlineSeconds", 601))));
    ModelDeploymentStatus failing =
        live.await(d -> d.getStatus().holds(Standing.RECONCILING)).getStatus();
    assertThat(failing.condition(Standing.RECONCILING).orElseThrow().reason())
        .isEqualTo("OperatorFailing");
    assertThat(failing.condition(Standing.RECONCILING).orElseThrow().message())
        .contains("a planted fault");
    assertThat(failing.holds(Standing.READY)).isTrue();
    assertThat(failing.stable().number()).isEqualTo(1);

    live.failPasses(false);
    live.await(d -> !d.getStatus().holds(Standing.RECONCILING));
  }

  @Test
  void anEventThatHappensAgainIsCounted() {
    serveTheFirst();
    for (String command : List.of("pause 1", "pause 2")) {
      live.cluster.patch(
          ModelDeployment.class,
          LiveDeployment.NAME,
          Map.of("metadata", Map.of("annotations", Map.of(Firstday.ROLLOUT_ANNOTATION, command))));
      live.await(d -> command.equals(d.getStatus().rollout().command()));
    }
    assertThat(live.timesTold("CommandRefused")).isEqualTo(2);
  }

  private void serveTheFirst() {
    live.record(1);
    live.cluster.client().resource(live.deployment()).create();
    live.run("late-v1", 1);
    live.run("late-router", 2);
    live.see(1, GOLDEN, Comparison.NONE);
    live.await(d -> d.getStatus().phase().equals("Stable"));
  }

  @Test
  void whatTheApiServerRefusesIsAConditionAndNoStackTrace() {
    live.record(1);
    ModelDeployment wrong = live.deployment();
    wrong.setSpec(
        new ModelDeploymentSpec(
            LiveDeployment.MODEL,
            null,
            ModelDeploymentSpec.Track.NEWEST,
            1,
            null,
            new WorkerResources(Map.of("cpu", "2", "memory", "1Gi"), Map.of("memory", "512Mi")),
            null,
            null,
            null,
            null));
    live.cluster.client().resource(wrong).create();

    ModelDeployment stalled = live.await(d -> d.getStatus().phase().equals("Failed"));
    assertThat(stalled.getStatus().conditions().get(0).message()).contains("memory");

    live.cluster.patch(
        ModelDeployment.class,
        stalled.getMetadata().getName(),
        Map.of("spec", Collections.singletonMap("resources", null)));
    live.run("late-v1", 1);
    live.await(d -> d.getStatus().phase().equals("Starting"));
  }
}
