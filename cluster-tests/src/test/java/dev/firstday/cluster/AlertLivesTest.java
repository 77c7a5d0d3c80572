package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What all alerts about a resource have in common: they speak in whole sentences, a restart of the
 * operator, which takes its series away for some minutes, neither ends them nor has them begin
 * anew, and they end with the resource.
 */
class AlertLivesTest {
  private static final JsonNode LIVES =
      AlertRules.read(Path.of("src", "test", "alerts", "lives.yaml"));

  /** About the operator itself or what routers tell, or too urgent to look back. */
  private static final Set<String> OTHERS =
      Set.of(
          "FirstdayOperatorDown",
          "FirstdayOperatorNotLeading",
          "FirstdayReconcileErrors",
          "FirstdayReconcileQueueGrowing",
          "FirstdayServingErrors",
          "FirstdayServingSlow",
          "FirstdayServingDown");

  /** Minutes; every alert has lasted by the first one. */
  private static final int FIRES = 100;

  private static final int RESTARTED = 103;
  private static final int DELETED = 114;
  private static final int OVER = 126;

  private static final Pattern LABEL = Pattern.compile("\\{\\{ \\$labels\\.(\\w+) }}");
  private static final Pattern VALUE = Pattern.compile("\\{\\{ \\$value[^}]*}}");

  @TempDir private Path folder;

  @Test
  void everyAlertAboutAResourceIsHere() {
    Set<String> known = new TreeSet<>(OTHERS);
    LIVES.fieldNames().forEachRemaining(known::add);
    assertThat(known).isEqualTo(AlertRules.names());
  }

  static List<JsonNode> rules() {
    return AlertRules.all().stream().filter(rule -> LIVES.has(AlertRules.name(rule))).toList();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void alertSpeaksOutlivesARestartAndEndsWithItsResource(JsonNode rule) throws IOException {
    Promtool.require();
    Path file = folder.resolve("test.yaml");
    Files.writeString(file, Serialization.asYaml(test(rule)));
    Promtool.succeeds("test", "rules", file.toString());
  }

  private static ObjectNode test(JsonNode rule) {
    String name = AlertRules.name(rule);
    JsonNode life = LIVES.get(name);
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    file.putArray("rule_files").add(AlertRules.FILE.toAbsolutePath().normalize().toString());
    file.put("evaluation_interval", "1m");
    ObjectNode test = file.putArray("tests").addObject().put("interval", "1m");
    ArrayNode series = test.putArray("input_series");
    series.addObject().put("series", "firstday_operator_leading").put("values", "1x" + OVER);
    life.get("series")
        .forEach(
            each ->
                series
                    .addObject()
                    .put("series", each.get("of").asText())
                    .put("values", values(each)));
    ArrayNode firing = test.putArray("promql_expr_test");
    for (int minute = FIRES; minute < DELETED; minute++) {
      expect(firing, minute)
          .addObject()
          .put("labels", "{alertname=\"" + name + "\"}")
          .put("value", 1);
    }
    expect(firing, OVER);
    ObjectNode alert = test.putArray("alert_rule_test").addObject();
    alert.put("alertname", name).put("eval_time", FIRES + "m");
    ObjectNode expected = alert.putArray("exp_alerts").addObject();
    expected.set("exp_labels", life.get("labels").deepCopy());
    ((ObjectNode) expected.get("exp_labels")).setAll((ObjectNode) rule.get("labels"));
    expected.set("exp_annotations", annotations(rule, life));
    return file;
  }

  /** No other alert fires beside it. */
  private static ArrayNode expect(ArrayNode tests, int minute) {
    return tests
        .addObject()
        .put("expr", "count by (alertname) (ALERTS{alertstate=\"firing\"})")
        .put("eval_time", minute + "m")
        .putArray("exp_samples");
  }

  private static String values(JsonNode series) {
    String is = series.get("is").asText();
    String first = series.has("first") ? series.get("first").asText() : is;
    return "%s %sx%d stale _ %sx%d stale"
        .formatted(first, is, FIRES - 1, is, DELETED - RESTARTED - 1);
  }

  private static ObjectNode annotations(JsonNode rule, JsonNode life) {
    ObjectNode annotations = JsonNodeFactory.instance.objectNode();
    rule.get("annotations")
        .properties()
        .forEach(
            each -> {
              String said =
                  VALUE
                      .matcher(each.getValue().asText())
                      .replaceAll(value -> life.get("value").asText());
              annotations.put(
                  each.getKey(),
                  LABEL.matcher(said).replaceAll(label -> label(life, label.group(1))));
            });
    return annotations;
  }

  private static String label(JsonNode life, String name) {
    assertThat(life.get("labels").has(name)).as("label %s", name).isTrue();
    return Matcher.quoteReplacement(life.get("labels").get(name).asText());
  }
}
