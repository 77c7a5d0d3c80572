package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart renders for Prometheus Operator, and what the values change about it. */
class MonitoringChartTest {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};
  private static final String ALERT = "prometheusRule.alerts.";

  @TempDir Path folder;

  @Test
  void nothingIsThereUnlessItIsAskedFor() {
    assertThat(Charts.render(Charts.values("storage.bucket", "models")))
        .noneMatch(object -> object.getApiVersion().startsWith("monitoring.coreos.com"))
        .noneMatch(ConfigMap.class::isInstance);
  }

  @Test
  void theRuleHasTheAlertsOfTheFileAsTheyAre() throws IOException {
    JsonNode spec = rule(Map.of());
    assertThat(AlertRules.rules(spec)).containsExactlyElementsOf(AlertRules.all());
    checkedByPromtool(spec);
  }

  @Test
  void anAlertCanBeLeftOutAndTheOthersStay() {
    JsonNode spec = rule(Map.of(ALERT + "FirstdayServingSlow.disabled", true));
    assertThat(AlertRules.rules(spec)).hasSize(AlertRules.all().size() - 1);
    assertThat(of(spec, "FirstdayServingSlow")).isEmpty();
    assertThat(of(spec, "FirstdayServingErrors")).isPresent();
  }

  @Test
  void aGroupWithoutAlertsIsLeftOut() {
    Map<String, Object> none = new TreeMap<>();
    List.of(
            "FirstdayModelCorrupt",
            "FirstdayModelDegraded",
            "FirstdayModelUnsigned",
            "FirstdayModelBelowConstant")
        .forEach(name -> none.put(ALERT + name + ".disabled", true));
    assertThat(rule(none).at("/groups").findValuesAsText("name"))
        .doesNotContain("firstday-models")
        .contains("firstday-operator");
  }

  @Test
  void whatAnAlertSaysOfItselfCanBeChanged() throws IOException {
    JsonNode spec =
        rule(
            Map.of(
                ALERT + "FirstdayServingSlow.threshold",
                "0.25",
                ALERT + "FirstdayServingSlow.for",
                "1h",
                ALERT + "FirstdayServingSlow.severity",
                "critical",
                ALERT + "FirstdayServingSlow.labels.pager",
                "night",
                ALERT + "FirstdayTrainingStuck.threshold",
                86400,
                "prometheusRule.alertLabels.team",
                "ml",
                "prometheusRule.runbooks",
                "https://wiki.example/firstday/"));
    JsonNode slow = of(spec, "FirstdayServingSlow").orElseThrow();
    assertThat(slow.get("expr").asText()).endsWith("[5m]))) > 0.25");
    assertThat(slow.get("for").asText()).isEqualTo("1h");
    assertThat(JSON.convertValue(slow.get("labels"), LABELS))
        .isEqualTo(Map.of("severity", "critical", "pager", "night", "team", "ml"));
    assertThat(slow.at("/annotations/runbook_url").asText())
        .isEqualTo("https://wiki.example/firstday/FirstdayServingSlow.md");
    assertThat(of(spec, "FirstdayTrainingStuck").orElseThrow().get("expr").asText())
        .endsWith(") > 86400");
    assertThat(of(spec, "FirstdayServingErrors").orElseThrow().get("labels").toString())
        .contains("critical", "ml")
        .doesNotContain("night");
    checkedByPromtool(spec);
  }

  @Test
  void everyThresholdCanBeChangedAndNothingElseIs() throws IOException {
    Map<String, Object> values = new TreeMap<>();
    AlertRules.all().stream()
        .filter(AlertRules::hasThreshold)
        .forEach(rule -> values.put(ALERT + AlertRules.name(rule) + ".threshold", 7));
    assertThat(values).hasSizeGreaterThan(4);
    JsonNode spec = rule(values);
    assertThat(AlertRules.rules(spec))
        .filteredOn(rule -> rule.get("expr").asText().matches("(?s).*[<>] 7"))
        .hasSameSizeAs(values.keySet());
    checkedByPromtool(spec);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FirstdayServingSlo.disabled       | true   | additional properties 'FirstdayServingSlo' not allowed",
        "FirstdayServingSlow.disable       | true   | additional properties 'disable' not allowed",
        "FirstdayServingSlow.threshold     | much   | /threshold'",
        "FirstdayCanaryHeld.threshold      | 3      | additional properties 'threshold' not allowed",
        "FirstdayCanaryHeld.for            | hours  | /for'",
        "FirstdayCanaryHeld.severity       | loud   | /severity'",
      })
  void refusesWhatAnAlertDoesNotHave(String path, String value, String says) {
    assertThatThrownBy(() -> rule(Map.of(ALERT + path, value))).hasMessageContaining(says);
  }

  @Test
  void theSchemaKnowsTheAlertsAndWhichHaveAThreshold() throws IOException {
    JsonNode alerts =
        JSON.readTree(Charts.DIRECTORY.resolve("values.schema.json").toFile())
            .at("/properties/prometheusRule/properties/alerts/properties");
    assertThat(alerts.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(AlertRules.names());
    assertThat(AlertRules.all())
        .allSatisfy(
            rule ->
                assertThat(alerts.get(AlertRules.name(rule)).get("$ref").asText())
                    .as(AlertRules.name(rule))
                    .endsWith(AlertRules.hasThreshold(rule) ? "/alertWithThreshold" : "/alert"));
  }

  @Test
  void routersAndPredictorsAreFoundWithTheNamesThatAlertsAskBy() {
    JsonNode everywhere = monitor("PodMonitor", Map.of("metrics.podMonitor.enabled", true));
    assertThat(everywhere.at("/namespaceSelector/any").asBoolean()).isTrue();
    assertThat(everywhere.at("/selector/matchExpressions/0/values"))
        .hasToString("[\"router\",\"predictor\"]");
    assertThat(everywhere.at("/podMetricsEndpoints/0/port").asText()).isEqualTo("admin");
    assertThat(everywhere.at("/podMetricsEndpoints/0/relabelings").findValuesAsText("targetLabel"))
        .containsExactly("name", "component");
    JsonNode some =
        monitor(
            "PodMonitor",
            Map.of(
                "metrics.podMonitor.enabled", true,
                "metrics.podMonitor.interval", "15s",
                "watchNamespaces[0]", "team"));
    assertThat(some.at("/namespaceSelector")).hasToString("{\"matchNames\":[\"team\"]}");
    assertThat(some.at("/podMetricsEndpoints/0/interval").asText()).isEqualTo("15s");
  }

  /** Else the operator's own namespace would take the place of the resource's. */
  @Test
  void theOperatorsSeriesKeepTheirLabels() {
    JsonNode spec = monitor("ServiceMonitor", Map.of("metrics.serviceMonitor.enabled", true));
    assertThat(spec.at("/endpoints/0/honorLabels").asBoolean()).isTrue();
  }

  @Test
  void labelsByWhichTheyArePicked() {
    Map<String, Object> values = new TreeMap<>();
    for (String what : List.of("metrics.podMonitor", "metrics.serviceMonitor", "prometheusRule")) {
      values.put(what + ".enabled", true);
      values.put(what + ".labels.release", "prometheus");
    }
    values.put("storage.bucket", "models");
    assertThat(Charts.render(values))
        .filteredOn(object -> object.getApiVersion().startsWith("monitoring.coreos.com"))
        .hasSize(3)
        .allSatisfy(
            object ->
                assertThat(object.getMetadata().getLabels())
                    .containsEntry("release", "prometheus"));
  }

  @Test
  void dashboardsAreForTheSidecar() throws IOException {
    Map<String, Object> values = Charts.values("storage.bucket", "models");
    values.put("dashboards.enabled", true);
    values.put("dashboards.annotations.grafana_folder", "Firstday");
    ConfigMap map =
        Charts.render(values).stream()
            .filter(ConfigMap.class::isInstance)
            .map(ConfigMap.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(map.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
    assertThat(map.getMetadata().getAnnotations()).containsEntry("grafana_folder", "Firstday");
    assertThat(map.getData().keySet()).isEqualTo(new TreeSet<>(Dashboards.names()));
    for (String name : map.getData().keySet()) {
      assertThat(JSON.readTree(map.getData().get(name)))
          .isEqualTo(JSON.readTree(Dashboards.FOLDER.resolve(name).toFile()));
    }
  }

  private static Optional<JsonNode> of(JsonNode spec, String alert) {
    return AlertRules.rules(spec).stream()
        .filter(rule -> AlertRules.name(rule).equals(alert))
        .findFirst();
  }

  private static JsonNode rule(Map<String, Object> more) {
    Map<String, Object> values = new TreeMap<>(more);
    values.put("prometheusRule.enabled", true);
    return monitor("PrometheusRule", values);
  }

  private static JsonNode monitor(String kind, Map<String, Object> more) {
    Map<String, Object> values = Charts.values("storage.bucket", "models");
    values.putAll(more);
    Stream<HasMetadata> objects = Charts.render(values).stream();
    GenericKubernetesResource found =
        (GenericKubernetesResource)
            objects.filter(object -> object.getKind().equals(kind)).findFirst().orElseThrow();
    return JSON.valueToTree(found.getAdditionalProperties().get("spec"));
  }

  private void checkedByPromtool(JsonNode spec) throws IOException {
    Promtool.require();
    Path file = Files.writeString(folder.resolve("rules.yaml"), Serialization.asYaml(spec));
    Promtool.succeeds("check", "rules", file.toString());
  }
}
