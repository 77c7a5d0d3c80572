package dev.firstday.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/metrics.md is what alerts and dashboards are checked against. */
class MetricsTableTest {
  private static final Path TABLES = Path.of("..", "docs", "metrics.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(firstday_\\w+)` \\| ([\\w, ]*)\\|");
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^(firstday_\\w+?)(?:_bucket|_sum|_count)?(?:\\{(.*)})? [^ ]+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  @Test
  void theTableHasWhatTheOperatorTells() throws Exception {
    Map<String, List<String>> told = new TreeMap<>();
    ResourceGauges.of(Tellers.resources()).forEach(g -> told.put(g.name(), g.labels()));
    told.putAll(scraped());
    assertThat(table()).isEqualTo(told);
  }

  @Test
  void whatIsCountedIsThereBeforeTheFirstError() {
    OperatorMetrics metrics = new OperatorMetrics(() -> 7);
    metrics.known("datasetreconciler");
    assertThat(metrics.scrape())
        .contains("firstday_operator_leading 0.0")
        .contains("firstday_reconciliations_waiting 7.0")
        .contains(
            "firstday_reconciliations_total{controller=\"datasetreconciler\",outcome=\"error\",} 0.0");
    metrics.leads();
    assertThat(metrics.scrape()).contains("firstday_operator_leading 1.0");
  }

  private static Map<String, List<String>> scraped() throws Exception {
    OperatorMetrics metrics = new OperatorMetrics(() -> 0);
    metrics.known("datasetreconciler");
    metrics.timeControllerExecution(new Pass());
    Map<String, List<String>> told = new TreeMap<>();
    Matcher sample = SAMPLE.matcher(metrics.scrape());
    while (sample.find()) {
      if (!sample.group(1).endsWith("_created")) {
        told.put(sample.group(1), labels(sample.group(2)));
      }
    }
    return told;
  }

  private static List<String> labels(String text) {
    List<String> labels = new ArrayList<>();
    Matcher label = LABEL.matcher(text == null ? "" : text);
    while (label.find()) {
      if (!label.group(1).equals("le")) {
        labels.add(label.group(1));
      }
    }
    return labels;
  }

  private static Map<String, List<String>> table() throws IOException {
    String text = Files.readString(TABLES);
    Matcher row =
        ROW.matcher(text.substring(text.indexOf("## Operator"), text.indexOf("## Router")));
    Map<String, List<String>> table = new TreeMap<>();
    while (row.find()) {
      String labels = row.group(2).strip();
      table.put(row.group(1), labels.isEmpty() ? List.of() : List.of(labels.split(", ")));
    }
    return table;
  }

  private static final class Pass implements Metrics.ControllerExecution<String> {
    @Override
    public String name() {
      return "reconcile";
    }

    @Override
    public String controllerName() {
      return "datasetreconciler";
    }

    @Override
    public String successTypeName(String result) {
      return result;
    }

    @Override
    public io.javaoperatorsdk.operator.processing.event.ResourceID resourceID() {
      return new io.javaoperatorsdk.operator.processing.event.ResourceID("flights", "team");
    }

    @Override
    public Map<String, Object> metadata() {
      return Map.of();
    }

    @Override
    public String execute() {
      return "done";
    }
  }
}
