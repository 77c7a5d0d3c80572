package dev.firstday.operator;

import static org.awaitility.Awaitility.await;

import dev.firstday.api.Firstday;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes what is not as anybody would write it. */
record Poisoner(TestCluster cluster) implements AutoCloseable {
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

  void poison(String prefix) throws IOException {
    annotations(prefix);
    numbers(prefix);
    sizes(prefix);
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

  /** Integers that an int does not hold, from before the CRDs refused them. */
  private void numbers(String prefix) {
    OlderCrds older = new OlderCrds(cluster);
    older.store(
        "modeldeployments.firstday.dev",
        "version",
        () ->
            create(
                "Deployment", prefix + "-number", "{\"model\": \"m\", \"version\": 99999999999}"));
    older.store(
        "trainingjobs.firstday.dev",
        "dataset/properties/version",
        () ->
            create(
                "TrainingJob",
                prefix + "-number",
                """
                {"dataset": {"name": "d", "version": 99999999999}, "model": "m", "epochs": 1,
                 "network": {"layers": [{"units": 4}]}, "gates": [{"metric": "logLoss", "mustBeatBaselineBy": 0}]}
                """));
    older.store(
        "models.firstday.dev",
        "aliases/items/properties/version",
        () ->
            create(
                "Model",
                prefix + "-number",
                """
                {"aliases": [{"name": "champion", "version": 99999999999}],
                 "golden": [{"name": "huge", "inputs": {"x": 1e308}, "expect": {"label": true}}]}
                """));
  }

  /** Values as deep, and names as long, as the API server lets them be. */
  private void sizes(String prefix) {
    create(
        "Model",
        prefix + "-long",
        "{\"golden\": [{\"name\": \"long\", \"inputs\": {\"%s\": 1}, \"expect\": {\"label\": true}}]}"
            .formatted("x".repeat(200_000)));
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
