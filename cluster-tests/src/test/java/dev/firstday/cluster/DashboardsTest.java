package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What dashboards ask has to be sound, and somebody has to tell it. */
class DashboardsTest {
  @TempDir Path folder;

  static List<String> names() {
    return Dashboards.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyPanelAsksInPromql(String name) throws IOException {
    Promtool.require();
    List<Map<String, String>> rules = new ArrayList<>();
    for (String expression : Dashboards.expressions(Dashboards.read(name))) {
      assertThat(expression).as("a variable that is not known here").doesNotContain("$");
      rules.add(Map.of("record", "panel:%d".formatted(rules.size()), "expr", expression));
    }
    Path file =
        Files.writeString(
            folder.resolve("panels.yaml"),
            Serialization.asYaml(
                Map.of("groups", List.of(Map.of("name", "panels", "rules", rules)))));
    Promtool.succeeds("check", "rules", file.toString());
  }

  @ParameterizedTest
  @MethodSource("names")
  void noPanelNamesAMetricThatNobodyTells(String name) {
    Set<String> told = AlertRules.metrics().keySet();
    JsonNode dashboard = Dashboards.read(name);
    for (String expression : Dashboards.expressions(dashboard)) {
      assertThat(AlertRules.metricsIn(expression)).as(expression).isSubsetOf(told);
    }
    for (String query : Dashboards.definitions(dashboard)) {
      assertThat(AlertRules.metricsIn(query)).as(query).isNotEmpty().isSubsetOf(told);
    }
  }

  /** A metric that nobody looks at need not be told. */
  @Test
  void everyMetricIsOnADashboardOrInAnAlert() {
    Set<String> seen = new TreeSet<>();
    Dashboards.names()
        .forEach(
            name ->
                Dashboards.expressions(Dashboards.read(name))
                    .forEach(expression -> seen.addAll(AlertRules.metricsIn(expression))));
    AlertRules.all().forEach(rule -> seen.addAll(AlertRules.metricsIn(rule.get("expr").asText())));
    Set<String> unseen = new TreeSet<>(AlertRules.metrics().keySet());
    unseen.removeAll(seen);
    assertThat(unseen)
        .containsExactlyInAnyOrder(
            // beside firstday_dataset_rows and the faults, which say more
            "firstday_dataset_latest_version",
            "firstday_model_faulty_versions",
            "firstday_predictor_model_signed",
            "firstday_router_compared_total",
            "firstday_router_routes_revision",
            "firstday_router_shadow_dropped_total");
  }

  @ParameterizedTest
  @MethodSource("names")
  void grafanaReadsIt(String name) {
    JsonNode dashboard = Dashboards.read(name);
    assertThat(name).isEqualTo(dashboard.get("uid").asText() + ".json");
    assertThat(dashboard.get("title").asText()).startsWith("Firstday: ");
    List<String> ids = new ArrayList<>();
    dashboard
        .get("panels")
        .forEach(
            panel -> {
              ids.add(panel.get("id").asText());
              assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
                  .isLessThanOrEqualTo(24);
              if (!panel.get("type").asText().equals("row")) {
                assertThat(panel.get("title").asText()).isNotEmpty();
                assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                assertThat(panel.get("targets")).isNotEmpty();
              }
            });
    assertThat(ids).doesNotHaveDuplicates();
  }
}
