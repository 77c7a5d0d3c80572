package dev.firstday.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ReadinessTest;
import dev.firstday.api.ResourceStatus;
import dev.firstday.api.TrainingJob;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the API server lets pass lies beside a good resource of each kind: an operator that
 * finds it at its start, or hears of it later, sees to the good ones and goes on.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
class PoisonTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void badOnesStallAlone() throws IOException, InterruptedException {
    try (TestCluster cluster = new TestCluster();
        Poisoner poisoner = new Poisoner(cluster)) {
      poisoner.poison("found");
      good(cluster, "found");
      try (OperatorProcess operator =
          OperatorProcess.start(cluster.namespace(), "127.0.97.8", folder.resolve("log"))) {
        await().atMost(PATIENCE).until(() -> OperatorProcess.isLed(cluster));
        await().atMost(PATIENCE).until(operator::isReady);
        areSeenTo(cluster, "found");
        poisoner.poison("heard");
        good(cluster, "heard");
        areSeenTo(cluster, "heard");

        awaitUnreadable(cluster, ModelDeployment.class, "found-number");
        awaitUnreadable(cluster, ModelDeployment.class, "heard-number");
        awaitUnreadable(cluster, TrainingJob.class, "heard-number");
        assertThat(operator.metrics())
            .contains(
                "firstday_resource_condition_reason{kind=\"Deployment\",namespace=\"%s\",name=\"heard-number\",type=\"Stalled\",reason=\"Unreadable\",} 1.0"
                    .formatted(cluster.namespace()))
            .contains("firstday_reconciliations_total");
        assertThat(operator.process().isAlive()).isTrue();
        assertThat(operator.isReady()).isTrue();
      }
    }
  }

  /** So that nobody comes to have one under the CRDs of this release. */
  @Test
  void anIntegerThatNoIntHoldsIsRefused() {
    try (TestCluster cluster = new TestCluster()) {
      GenericKubernetesResource deployment =
          Serialization.unmarshal(
              """
              apiVersion: firstday.dev/v1alpha1
              kind: Deployment
              metadata: {name: number}
              spec: {model: m, version: 2147483648}
              """,
              GenericKubernetesResource.class);
      await("as soon as the API server has heard of the CRDs")
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThatThrownBy(
                          () ->
                              cluster
                                  .client()
                                  .resource(deployment)
                                  .inNamespace(cluster.namespace())
                                  .dryRun()
                                  .create())
                      .hasMessageContaining(
                          "spec.version in body should be less than or equal to 2147483647"));
    }
  }

  private static void good(TestCluster cluster, String prefix) {
    String namespace = cluster.namespace();
    List<HasMetadata> good =
        List.of(
            Samples.model(namespace, prefix + "-good"),
            Samples.dataset(namespace, prefix + "-good"),
            Samples.training(namespace, prefix + "-good", prefix + "-good", prefix + "-good"),
            Samples.deployment(namespace, prefix + "-good"),
            Samples.readiness(namespace, prefix + "-good"));
    good.forEach(resource -> cluster.client().resource(resource).create());
  }

  private static void areSeenTo(TestCluster cluster, String prefix) {
    String name = prefix + "-good";
    cluster.await(PATIENCE, Dataset.class, name, says("Unschedulable"));
    cluster.await(PATIENCE, TrainingJob.class, name, says("DatasetBuilding"));
    cluster.await(PATIENCE, Model.class, name, says("Unschedulable"));
    cluster.await(
        PATIENCE,
        ModelDeployment.class,
        name,
        d -> d.getStatus() != null && d.getStatus().phase() != null);
    cluster.await(
        PATIENCE,
        ReadinessTest.class,
        name,
        test -> test.getStatus() != null && test.getStatus().points() != null);
  }

  private static <R extends CustomResource<?, ? extends ResourceStatus>> Predicate<R> says(
      String reason) {
    return resource ->
        resource.getStatus() != null
            && resource.getStatus().conditions() != null
            && resource.getStatus().conditions().get(0).reason().equals(reason);
  }

  /** It cannot be read here either. */
  private static void awaitUnreadable(
      TestCluster cluster, Class<? extends CustomResource<?, ?>> kind, String name) {
    await("Unreadable: " + name)
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        Serialization.asJson(
                            cluster
                                .client()
                                .genericKubernetesResources(
                                    ResourceDefinitionContext.fromResourceType(kind))
                                .inNamespace(cluster.namespace())
                                .withName(name)
                                .get()))
                    .contains("\"reason\":\"Unreadable\"", "out of range"));
  }
}
