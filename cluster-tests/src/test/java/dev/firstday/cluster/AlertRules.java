package dev.firstday.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The file of alerts, and the table of metrics that it may name. */
final class AlertRules {
  static final Path FILE = Charts.DIRECTORY.resolve("files/alerts.yaml");
  private static final Path TABLES = Path.of("..", "docs", "metrics.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(firstday_\\w+)` \\| ([\\w, ]*)\\|");
  private static final Pattern METRIC = Pattern.compile("\\bfirstday_\\w+");
  private static final Pattern SERIES = Pattern.compile("\\b(?:firstday|jvm|process)_\\w+");
  private static final Pattern THRESHOLD = Pattern.compile("[<>] [0-9.]+$");

  private AlertRules() {}

  /** Every rule of the file, as it stands there. */
  static List<JsonNode> all() {
    return rules(read(FILE));
  }

  /**
   * @param spec what has groups
   */
  static List<JsonNode> rules(JsonNode spec) {
    return StreamSupport.stream(spec.get("groups").spliterator(), false)
        .flatMap(group -> StreamSupport.stream(group.get("rules").spliterator(), false))
        .toList();
  }

  static Set<String> names() {
    return all().stream().map(AlertRules::name).collect(Collectors.toCollection(TreeSet::new));
  }

  static String name(JsonNode rule) {
    return rule.get("alert").asText();
  }

  /** Whether the expression ends with a number that the chart may replace. */
  static boolean hasThreshold(JsonNode rule) {
    return THRESHOLD.matcher(rule.get("expr").asText()).find();
  }

  /** Metrics of ours that an expression names; a histogram by the name that its series share. */
  static Set<String> metricsIn(String expression) {
    Set<String> names = new TreeSet<>();
    Matcher metric = METRIC.matcher(expression);
    while (metric.find()) {
      names.add(metric.group().replaceFirst("_(bucket|sum|count)$", ""));
    }
    return names;
  }

  /**
   * Series of our processes that an expression names, those of their JVMs too, as it names them.
   */
  static Set<String> seriesIn(String expression) {
    return SERIES
        .matcher(expression)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Names and labels of all metrics, from docs/metrics.md, which is what real processes tell. */
  static Map<String, Set<String>> metrics() {
    Map<String, Set<String>> metrics = new TreeMap<>();
    Matcher row = ROW.matcher(text(TABLES));
    while (row.find()) {
      metrics.put(row.group(1), Set.of(row.group(2).strip().split(", ")));
    }
    return metrics;
  }

  static JsonNode read(Path yaml) {
    return Serialization.unmarshal(text(yaml), JsonNode.class);
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
