package dev.firstday.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.api.Dataset;
import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ReadinessTest;
import dev.firstday.api.ResourceStatus;
import dev.firstday.api.TrainingJob;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private static final String API = Firstday.GROUP + "/" + Firstday.VERSION;

  /** Those whose values the operator reads. */
  private static final List<String> ANNOTATIONS =
      List.of(
          Firstday.REFRESH_ANNOTATION,
          Firstday.RETRAIN_ANNOTATION,
          Firstday.VERIFY_ANNOTATION,
          Firstday.REPRODUCE_ANNOTATION,
          Firstday.ROLLOUT_ANNOTATION);

  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "promote",
          "promote promote\nabort",
          "99999999999999999999 now",
          "-1",
          "\u0663 \u0000\uffff\ud83d\ude00",
          "{{.}}${jndi:x}%s%n../../etc/passwd",
          "x".repeat(50_000));

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

  /** Makes what is not as anybody would write it. */
  private record Poisoner(TestCluster cluster) implements AutoCloseable {

    void poison(String prefix) throws IOException {
      annotations(prefix);
      numbers(prefix);
      statuses(prefix);
      children(prefix);
    }

    /** Every annotation on every kind, with every value. */
    private void annotations(String prefix) {
      for (int i = 0; i < VALUES.size(); i++) {
        for (HasMetadata resource : each(prefix + "-says-" + i)) {
          for (String annotation : ANNOTATIONS) {
            resource.getMetadata().getAnnotations().put(annotation, VALUES.get(i));
          }
          cluster.client().resource(resource).create();
        }
      }
    }

    /** Integers that an int does not hold, and values as deep as they may be. */
    private void numbers(String prefix) {
      create("Deployment", prefix + "-number", "{\"model\": \"m\", \"version\": 99999999999}");
      create(
          "TrainingJob",
          prefix + "-number",
          """
          {"dataset": {"name": "d", "version": 99999999999}, "model": "m", "epochs": 1,
           "network": {"layers": [{"units": 4}]}, "gates": [{"metric": "logLoss", "mustBeatBaselineBy": 0}]}
          """);
      create(
          "Model",
          prefix + "-number",
          """
          {"aliases": [{"name": "champion", "version": 99999999999}],
           "golden": [{"name": "huge", "inputs": {"x": 1e308}, "expect": {"label": true}}]}
          """);
      create(
          "Model",
          prefix + "-deep",
          "{\"golden\": [{\"name\": \"deep\", \"inputs\": {\"x\": %s1%s}, \"expect\": {\"label\": true}}]}"
              .formatted("[".repeat(5_000), "]".repeat(5_000)));
    }

    private void statuses(String prefix) {
      List<Map<String, String>> odd =
          List.of(
              Map.of(
                  "Dataset",
                  """
                  {"phase": "", "versions": [{}], "latest": {}, "checks": {"outcomes": [{}]},
                   "run": {}, "refresh": {}, "retention": {}, "pinned": [0, -1]}
                  """,
                  "TrainingJob",
                  """
                  {"phase": "?", "run": {}, "chain": {"dataset": "///", "model": ""},
                   "progress": {"percent": -5}, "result": {"metrics": [{}], "version": {}}}
                  """,
                  "Model",
                  """
                  {"phase": "?", "versions": [{}], "health": [{}], "aliases": [{"name": "a"}],
                   "newest": {}, "errand": {}, "run": {}, "retention": {}}
                  """,
                  "Deployment",
                  """
                  {"phase": "?", "stable": {}, "candidate": {}, "rollout": {}, "effective": {},
                   "rejected": [{}], "chain": {"dataset": "x"}}
                  """,
                  "ReadinessTest",
                  "{\"phase\": \"?\", \"points\": [{}, {\"number\": 99}]}"),
              Map.of(
                  "Dataset",
                  "{\"latest\": {\"number\": 99999999999}, \"run\": {\"uid\": \"x\"}}",
                  "TrainingJob",
                  "{\"run\": {\"startedAt\": \"2026-01-01T00:00:00ZTea\"}}",
                  "Model",
                  "{\"newest\": {\"number\": 3, \"recordedAt\": \"2026-01-01T00:00:00+99:99\"}}",
                  "Deployment",
                  "{\"stable\": {\"number\": -99999999999}}",
                  "ReadinessTest",
                  "{\"passed\": 99999999999}"));
      for (int i = 0; i < odd.size(); i++) {
        String name = prefix + "-status-" + i;
        each(name).forEach(resource -> cluster.client().resource(resource).create());
        odd.get(i)
            .forEach(
                (kind, status) ->
                    cluster
                        .client()
                        .genericKubernetesResources(API, kind)
                        .inNamespace(cluster.namespace())
                        .withName(name)
                        .subresource("status")
                        .patch(
                            PatchContext.of(PatchType.JSON_MERGE), "{\"status\": " + status + "}"));
      }
    }

    /** Objects that carry our labels, and nothing else of what ours have. */
    private void children(String prefix) {
      for (String kind : List.of("dataset", "deployment", "model", "x")) {
        String metadata =
            """
            {"name": "%s-%s", "labels": {"app.kubernetes.io/managed-by": "firstday",
             "app.kubernetes.io/component": "worker", "firstday.dev/kind": "%s",
             "firstday.dev/name": "%s-good", "firstday.dev/run": ""}}
            """
                .formatted(prefix, kind, kind, prefix);
        String pod =
            """
            {"restartPolicy": "Never", "containers": [{"name": "c", "image": "firstday.invalid/none",
             "resources": {"requests": {"cpu": "1000"}}}]}
            """;
        make("v1", "ConfigMap", metadata, "\"data\": {\"routes.json\": \"{\"}");
        make("v1", "Service", metadata, "\"spec\": {\"ports\": [{\"port\": 1}]}");
        make("v1", "Pod", metadata, "\"spec\": " + pod);
        make("batch/v1", "Job", metadata, "\"spec\": {\"template\": {\"spec\": " + pod + "}}");
      }
    }

    /** Others have clients that such resources would spoil. */
    @Override
    public void close() {
      for (Class<? extends HasMetadata> kind : Firstday.KINDS) {
        String all =
            "/apis/%s/namespaces/%s/%s"
                .formatted(API, cluster.namespace(), HasMetadata.getPlural(kind));
        cluster.client().raw(all, "DELETE", Map.of("apiVersion", "v1", "kind", "DeleteOptions"));
        await(kind.getSimpleName() + ": none left")
            .atMost(PATIENCE)
            .until(() -> cluster.client().raw(all).contains("\"items\":[]"));
      }
    }

    private List<HasMetadata> each(String name) {
      String namespace = cluster.namespace();
      return List.of(
          Samples.dataset(namespace, name),
          Samples.training(namespace, name, name, name),
          Samples.model(namespace, name),
          Samples.deployment(namespace, name),
          Samples.readiness(namespace, name));
    }

    private void create(String kind, String name, String spec) {
      make(API, kind, "{\"name\": \"%s\"}".formatted(name), "\"spec\": " + spec);
    }

    /** As it is written, and not as a client of ours would write it. */
    private void make(String apiVersion, String kind, String metadata, String rest) {
      cluster
          .client()
          .raw(
              "/%s/%s/namespaces/%s/%s"
                  .formatted(
                      apiVersion.contains("/") ? "apis" : "api",
                      apiVersion,
                      cluster.namespace(),
                      plural(kind)),
              "POST",
              "{\"apiVersion\": \"%s\", \"kind\": \"%s\", \"metadata\": %s, %s}"
                  .formatted(apiVersion, kind, metadata, rest));
    }

    private static String plural(String kind) {
      return kind.equals("Deployment") ? "modeldeployments" : kind.toLowerCase(Locale.ROOT) + "s";
    }
  }
}
