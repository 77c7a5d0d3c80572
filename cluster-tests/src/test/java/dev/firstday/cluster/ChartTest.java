package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart renders to, and what it refuses to. */
class ChartTest {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  @Test
  void isWellFormed() {
    var result = new Helm(Charts.DIRECTORY).lint().strict().call();
    assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "storage.buckett       | x     | additional properties 'buckett' not allowed",
        "storge.bucket         | x     | additional properties 'storge' not allowed",
        "operator.replica      | 2     | additional properties 'replica' not allowed",
        "storage.bucket        | No    | '/storage/bucket'",
        "storage.endpoint      | minio | '/storage/endpoint'",
        "openLineage.url       | marquez | '/openLineage/url'",
        "prometheus.url        | prometheus:9090 | '/prometheus/url'",
        "images.pullPolicy     | Often | '/images/pullPolicy'",
        "images.server.digest  | abc   | '/images/server/digest'",
        "operator.replicas     | 0     | '/operator/replicas'",
      })
  void refusesWhatItDoesNotKnow(String path, String value, String says) {
    assertThatThrownBy(() -> Charts.render(with(path, value))).hasMessageContaining(says);
  }

  @Test
  void saysWhichValueItNeeds() {
    assertThatThrownBy(() -> Charts.render(Map.of()))
        .hasMessageContaining("storage.bucket: name the bucket");
  }

  @Test
  void needsAnElectionAmongSeveralOperators() {
    assertThatThrownBy(
            () ->
                Charts.render(
                    Map.of(
                        "storage.bucket",
                        "models",
                        "operator.replicas",
                        2,
                        "operator.leaderElection",
                        false)))
        .hasMessageContaining("operator.replicas: more than one pod needs operator.leaderElection");
  }

  @Test
  void holdsTheGeneratedCrds() throws IOException {
    List<CustomResourceDefinition> rendered = all(CustomResourceDefinition.class, bucket());
    assertThat(rendered).hasSize(5);
    for (CustomResourceDefinition crd : rendered) {
      var generated =
          Serialization.unmarshal(
              Files.readString(
                  Path.of("..", "crds", "yaml", crd.getMetadata().getName() + ".yaml")),
              CustomResourceDefinition.class);
      assertThat(crd.getSpec()).as(crd.getMetadata().getName()).isEqualTo(generated.getSpec());
      assertThat(crd.getMetadata().getAnnotations())
          .containsEntry("helm.sh/resource-policy", "keep");
    }
    assertThat(all(CustomResourceDefinition.class, with("crds.keep", false)))
        .allSatisfy(crd -> assertThat(crd.getMetadata().getAnnotations()).isNullOrEmpty());
    assertThat(all(CustomResourceDefinition.class, with("crds.enabled", false))).isEmpty();
  }

  @Test
  void givesTheOperatorNoSecretsAndNoWildcard() {
    for (Map<String, Object> values : List.of(bucket(), with("watchNamespaces[0]", "team"))) {
      assertThat(rules(values))
          .isNotEmpty()
          .allSatisfy(
              rule -> {
                assertThat(rule.getResources()).doesNotContain("secrets", "*", "pods/exec");
                assertThat(rule.getVerbs()).doesNotContain("*", "impersonate", "escalate", "bind");
                assertThat(rule.getApiGroups()).doesNotContain("*");
              });
    }
  }

  @Test
  void letsTheOperatorWriteRoutesOnlyWhereTheValuesSaySo() {
    assertThat(rules(bucket()))
        .flatExtracting(PolicyRule::getApiGroups)
        .contains("autoscaling")
        .doesNotContain("gateway.networking.k8s.io");
    assertThat(rules(with("gatewayAPI.enabled", true)))
        .filteredOn(rule -> rule.getApiGroups().contains("gateway.networking.k8s.io"))
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.getResources()).containsExactly("httproutes", "grpcroutes");
              assertThat(rule.getVerbs()).doesNotContain("list", "watch", "update");
            });
  }

  @Test
  void letsNobodyButTheOperatorWriteAStatus() {
    assertThat(all(ClusterRole.class, bucket()))
        .filteredOn(role -> !role.getMetadata().getName().equals("firstday"))
        .hasSize(2)
        .flatExtracting(ClusterRole::getRules)
        .flatExtracting(PolicyRule::getResources)
        .noneMatch(resource -> resource.contains("/"));
  }

  @Test
  void reachesNoFurtherThanTheNamespacesItIsGiven() {
    Map<String, Object> values = with("watchNamespaces[0]", "team");
    values.put("watchNamespaces[1]", "other");
    List<HasMetadata> objects = Charts.render(values);
    assertThat(objects).noneMatch(o -> o.getKind().startsWith("ClusterRole"));
    assertThat(all(Role.class, values))
        .extracting(role -> role.getMetadata().getNamespace())
        .containsExactlyInAnyOrder("team", "other", Charts.NAMESPACE);
    assertThat(environment(values)).containsEntry("FIRSTDAY_WATCH_NAMESPACES", "team,other");
  }

  @Test
  void handsStorageAndImagesToTheOperator() {
    Map<String, Object> values = with("storage.endpoint", "http://minio:9000");
    values.put("storage.prefix", "team/ml");
    values.put("openLineage.url", "http://marquez:5000/api/v1/lineage");
    values.put("prometheus.url", "http://prometheus:9090");
    values.put("images.server.digest", "sha256:" + "a".repeat(64));
    values.put("images.trainer.tag", "v7");
    assertThat(environment(values))
        .containsEntry("FIRSTDAY_S3_ENDPOINT", "http://minio:9000")
        .containsEntry("FIRSTDAY_S3_BUCKET", "models")
        .containsEntry("FIRSTDAY_S3_REGION", "us-east-1")
        .containsEntry("FIRSTDAY_S3_PREFIX", "team/ml")
        .containsEntry("FIRSTDAY_OPENLINEAGE_URL", "http://marquez:5000/api/v1/lineage")
        .containsEntry("FIRSTDAY_PROMETHEUS_URL", "http://prometheus:9090")
        .containsEntry("FIRSTDAY_CREDENTIALS_SECRET", "firstday-s3")
        .containsEntry("FIRSTDAY_LEADER_LEASE", "firstday-leader")
        .containsEntry("FIRSTDAY_TRAINER_IMAGE", "firstday/trainer:v7")
        .containsEntry("FIRSTDAY_SERVER_IMAGE", "firstday/server@sha256:" + "a".repeat(64))
        .doesNotContainKey("AWS_SECRET_ACCESS_KEY");
  }

  /** The operator's variables have one list of names; a name of the chart's own would be lost. */
  @Test
  void setsVariablesThatTheOperatorReads() throws IllegalAccessException {
    assertThat(environment(bucket()).keySet()).isSubsetOf(Charts.variableNames());
  }

  @Test
  void isOfTheVersionThatIsBuilt() throws IOException {
    assertThat(Files.readString(Charts.DIRECTORY.resolve("Chart.yaml")))
        .contains("appVersion: " + Charts.VERSION);
  }

  @Test
  void protectsTheOperatorAsRestrictedAsks() {
    Deployment operator = all(Deployment.class, bucket()).get(0);
    var pod = operator.getSpec().getTemplate().getSpec();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    var container = pod.getContainers().get(0).getSecurityContext();
    assertThat(container.getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
  }

  @Test
  void describesEveryValueInSchemaAndReadme() throws IOException {
    JsonNode values =
        Serialization.unmarshal(
            Files.readString(Charts.DIRECTORY.resolve("values.yaml")), JsonNode.class);
    JsonNode schema = JSON.readTree(Charts.DIRECTORY.resolve("values.schema.json").toFile());
    List<String> rows = new ArrayList<>();
    rows("", values, schema, rows);
    assertThat(Files.readAllLines(Charts.DIRECTORY.resolve("README.md"))).containsAll(rows);
  }

  private static void rows(String path, JsonNode value, JsonNode schema, List<String> rows) {
    assertThat(schema.isMissingNode()).as("schema of %s", path).isFalse();
    boolean isGroup = schema.path("properties").has(first(value)) && !path.endsWith("resources");
    if (!isGroup) {
      assertThat(schema.path("description").asText()).as("description of %s", path).isNotEmpty();
      String shown = value.toString().replace("\":", "\": ").replace(",", ", ");
      rows.add("| `%s` | `%s` | %s |".formatted(path, shown, schema.get("description").asText()));
      return;
    }
    assertThat(schema.path("additionalProperties").asBoolean(true))
        .as("%s is open", path)
        .isFalse();
    value
        .properties()
        .forEach(
            field ->
                rows(
                    path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                    field.getValue(),
                    schema.path("properties").path(field.getKey()),
                    rows));
  }

  private static String first(JsonNode value) {
    return value.isObject() && value.fieldNames().hasNext() ? value.fieldNames().next() : "";
  }

  private static Map<String, Object> bucket() {
    return Charts.values("storage.bucket", "models");
  }

  private static Map<String, Object> with(String path, Object value) {
    Map<String, Object> values = bucket();
    values.put(path, value);
    return values;
  }

  private static <T extends HasMetadata> List<T> all(Class<T> type, Map<String, Object> values) {
    return Charts.render(values).stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<PolicyRule> rules(Map<String, Object> values) {
    return Stream.concat(
            all(ClusterRole.class, values).stream().flatMap(role -> role.getRules().stream()),
            all(Role.class, values).stream().flatMap(role -> role.getRules().stream()))
        .toList();
  }

  private static Map<String, String> environment(Map<String, Object> values) {
    Map<String, String> environment = new TreeMap<>();
    all(Deployment.class, values)
        .get(0)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0)
        .getEnv()
        .forEach(
            variable ->
                environment.put(
                    variable.getName(), variable.getValue() == null ? "" : variable.getValue()));
    return environment;
  }
}
