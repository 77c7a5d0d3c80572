package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart renders to, before a real API server. */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
@Isolated("the CRDs belong to one installation at a time")
class RenderingsTest {
  private static final String NAMESPACE =
      "fd-render-" + UUID.randomUUID().toString().substring(0, 8);

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final Kubectl KUBECTL = new Kubectl(NAMESPACE);

  @BeforeAll
  static void makeNamespace() {
    Namespaces.make(CLIENT, NAMESPACE, Map.of("pod-security.kubernetes.io/warn", "restricted"));
    KUBECTL.run("apply", "--server-side", "--force-conflicts", "-f", "../crds/yaml");
  }

  @AfterAll
  static void end() {
    CLIENT.namespaces().withName(NAMESPACE).delete();
    CLIENT.close();
  }

  /** A dry run passes all of admission; a Deployment whose pods would be refused is warned of. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "watchNamespaces[0]=NS",
        "crds.enabled=false",
        "rbac.create=false serviceAccount.create=false",
        "rbac.aggregate=false operator.leaderElection=false",
        "operator.replicas=2 operator.priorityClassName=system-cluster-critical",
        "metrics.service=false",
        "gatewayAPI.enabled=true",
        "dashboards.enabled=true",
        "networkPolicy.enabled=true networkPolicy.workloads.namespaces[0]=NS"
            + " networkPolicy.workloads.egress[0].ports[0].port=9000"
            + " networkPolicy.workloads.metricsFrom[0].namespaceSelector.matchLabels.name=monitoring",
        "networkPolicy.workloads.namespaces[0]=NS gatewayAPI.enabled=true",
        "admissionPolicy.enabled=true",
        "admissionPolicy.enabled=true admissionPolicy.action=Deny admissionPolicy.buckets[0]=b"
            + " admissionPolicy.requireImageDigest=true",
        "admissionPolicy.enabled=true admissionPolicy.requireMemoryLimit=false"
            + " admissionPolicy.requireCodeDigest=false",
        "images.trainerCuda.repository=firstday/trainer-cuda images.pullSecrets[0]=registry",
        "operator.topologySpreadConstraints[0].maxSkew=1"
            + " operator.topologySpreadConstraints[0].topologyKey=kubernetes.io/hostname"
            + " operator.topologySpreadConstraints[0].whenUnsatisfiable=ScheduleAnyway",
        "extraObjects[0].apiVersion=v1 extraObjects[0].kind=ConfigMap extraObjects[0].metadata.name=more",
      })
  void isTakenByTheApiServerUnderRestricted(String toggles) {
    Kubectl.Result result = apply("apply", rendered(toggles), "--dry-run=server");
    assertThat(result.code()).as(result.output()).isZero();
    assertThat(result.output()).doesNotContain("PodSecurity").doesNotContain("unknown field");
  }

  /** Kinds of others, whose own CRDs say what is allowed in them. */
  @ParameterizedTest
  @EnabledIfEnvironmentVariable(
      named = "PROMETHEUS_OPERATOR_CRDS",
      matches = ".+",
      disabledReason =
          "needs Prometheus Operator's CRDs: set PROMETHEUS_OPERATOR_CRDS as .ci/run does")
  @ValueSource(
      strings = {
        "prometheusRule.enabled=true metrics.podMonitor.enabled=true metrics.serviceMonitor.enabled=true",
        "prometheusRule.enabled=true prometheusRule.labels.release=prometheus prometheusRule.alertLabels.team=ml"
            + " prometheusRule.alerts.FirstdayServingSlow.threshold=0.25"
            + " prometheusRule.alerts.FirstdayServingSlow.for=1h"
            + " prometheusRule.alerts.FirstdayDatasetStale.disabled=true",
        "metrics.podMonitor.enabled=true metrics.podMonitor.interval=15s watchNamespaces[0]=NS"
            + " metrics.podMonitor.labels.release=prometheus",
        "metrics.serviceMonitor.enabled=true metrics.serviceMonitor.interval=15s"
            + " metrics.serviceMonitor.labels.release=prometheus",
      })
  void isTakenByTheKindsOfPrometheusOperator(String toggles) {
    Stream.of("prometheusrules", "podmonitors", "servicemonitors")
        .map(kind -> "monitoring.coreos.com_%s.yaml".formatted(kind))
        .map(Path.of(System.getenv("PROMETHEUS_OPERATOR_CRDS"))::resolve)
        .forEach(
            file -> {
              KUBECTL.run("apply", "--server-side", "-f", file.toString());
              KUBECTL.run("wait", "--for=condition=Established", "-f", file.toString());
            });
    Kubectl.Result result = apply("apply", rendered(toggles), "--dry-run=server");
    assertThat(result.code()).as(result.output()).isZero();
    assertThat(result.output())
        .containsPattern("(prometheusrule|(pod|service)monitor).monitoring.coreos.com/")
        .doesNotContain("unknown field");
  }

  private static String rendered(String toggles) {
    Map<String, Object> values = new TreeMap<>(Map.of("storage.bucket", "models"));
    Stream.of(toggles.split(" "))
        .filter(toggle -> !toggle.isEmpty())
        .map(toggle -> toggle.split("=", 2))
        .forEach(toggle -> values.put(toggle[0], toggle[1].replace("NS", NAMESPACE)));
    return Charts.yaml("firstday", NAMESPACE, values);
  }

  private static Kubectl.Result apply(String verb, String yaml, String... more) {
    return KUBECTL.attempt(
        yaml, Stream.concat(Stream.of(verb, "-f", "-"), Stream.of(more)).toList());
  }
}
