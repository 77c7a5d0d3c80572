package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alerts as they are in the file: what they say, when they fire, and what they lead to. */
class AlertRulesTest {
  private static final Path TESTS = Path.of("src", "test", "promtool");
  private static final Path RUNBOOKS = Path.of("..", "docs", "runbooks");
  private static final Pattern SERIES = Pattern.compile("series: '(\\w+)(?:\\{(.*?)})?'");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+\\.md)(?:#([^)]*))?\\)");

  /** What Prometheus adds to every series of a pod, and a histogram to its own. */
  private static final Set<String> ADDED = Set.of("namespace", "name", "component", "pod", "le");

  @Test
  void theFileIsOneThatPrometheusReads() {
    Promtool.require();
    Promtool.succeeds("check", "rules", AlertRules.FILE.toString());
  }

  @ParameterizedTest
  @MethodSource("tests")
  void alertsFireWhenTheyShouldAndNotOtherwise(Path test) {
    Promtool.require();
    Promtool.succeeds("test", "rules", test.toString());
  }

  static List<Path> tests() throws IOException {
    return files(TESTS);
  }

  @Test
  void everyAlertIsTested() throws IOException {
    String all = tests().stream().map(AlertRules::text).collect(Collectors.joining());
    assertThat(AlertRules.names()).allMatch(name -> all.contains("alertname=\"" + name + "\""));
  }

  /** Series that nobody tells would prove nothing. */
  @Test
  void testsHaveOnlySeriesThatThereAre() throws IOException {
    Map<String, Set<String>> metrics = AlertRules.metrics();
    for (Path test : tests()) {
      Matcher series = SERIES.matcher(AlertRules.text(test));
      while (series.find()) {
        String name = series.group(1).replaceFirst("_bucket$", "");
        if (!name.equals("up")) {
          assertThat(metrics).as(test.toString()).containsKey(name);
          Set<String> known = new TreeSet<>(ADDED);
          known.addAll(metrics.get(name));
          assertThat(labels(series.group(2))).as(name).isSubsetOf(known);
        }
      }
    }
  }

  @Test
  void everyAlertSaysWhatItIsAboutAndHowGraveItIs() {
    assertThat(AlertRules.all())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            rule -> {
              String name = AlertRules.name(rule);
              assertThat(name).matches("Firstday([A-Z][a-z]+)+");
              assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning", "info");
              assertThat(rule.at("/annotations/summary").asText())
                  .as(name)
                  .endsWith(".")
                  .doesNotContain("{{");
              assertThat(rule.at("/annotations/description").asText()).as(name).endsWith(".");
              assertThat(rule.at("/annotations/runbook_url").asText())
                  .isEqualTo("https://firstday.dev/runbooks/" + name + ".md");
              assertThat(rule.has("for") != rule.has("keep_firing_for"))
                  .as("%s has to last, or goes on over a restart of the operator", name)
                  .isTrue();
            });
    assertThat(AlertRules.names()).hasSameSizeAs(AlertRules.all());
  }

  @Test
  void noAlertNamesAMetricThatNobodyTells() {
    Set<String> told = AlertRules.metrics().keySet();
    assertThat(AlertRules.all())
        .allSatisfy(
            rule ->
                assertThat(AlertRules.metricsIn(rule.get("expr").asText()))
                    .as(AlertRules.name(rule))
                    .isNotEmpty()
                    .isSubsetOf(told));
  }

  @Test
  void everyAlertHasItsPageAndEveryPageItsAlert() throws IOException {
    Set<String> pages = new TreeSet<>();
    for (Path page : files(RUNBOOKS)) {
      String name = page.getFileName().toString().replace(".md", "");
      pages.add(name);
      assertThat(AlertRules.text(page).lines().filter(line -> line.startsWith("#")))
          .as(name)
          .containsExactly("# " + name, "## Meaning", "## Impact", "## Diagnosis", "## Mitigation");
      assertThat(AlertRules.text(page))
          .doesNotContain("\n\n\n")
          .doesNotContainPattern("##.*\n\n##");
    }
    assertThat(pages).isEqualTo(AlertRules.names());
  }

  @Test
  void pagesLeadSomewhere() throws IOException {
    for (Path page : files(RUNBOOKS)) {
      Matcher link = LINK.matcher(AlertRules.text(page));
      while (link.find()) {
        Path target = page.resolveSibling(link.group(1));
        assertThat(target).as(page.toString()).exists();
        if (link.group(2) != null) {
          assertThat(headings(target)).as("%s in %s", link.group(), page).contains(link.group(2));
        }
      }
    }
  }

  @Test
  void theTableOfAlertsHasThemAll() {
    String table = AlertRules.text(Path.of("..", "docs", "alerts.md"));
    List<String> rows = table.lines().filter(line -> line.startsWith("| [Firstday")).toList();
    assertThat(rows).hasSameSizeAs(AlertRules.all());
    for (JsonNode rule : AlertRules.all()) {
      String name = AlertRules.name(rule);
      assertThat(rows)
          .anyMatch(
              row ->
                  row.startsWith(
                      "| [%s](runbooks/%s.md) | %s |"
                          .formatted(name, name, rule.at("/labels/severity").asText())));
    }
  }

  private static List<String> headings(Path page) {
    return AlertRules.text(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .toList();
  }

  private static List<String> labels(String text) {
    List<String> labels = new ArrayList<>();
    Matcher label = LABEL.matcher(text == null ? "" : text);
    while (label.find()) {
      labels.add(label.group(1));
    }
    return labels;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
