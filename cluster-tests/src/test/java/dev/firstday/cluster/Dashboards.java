package dev.firstday.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The dashboards of the chart, as Grafana reads them. */
final class Dashboards {
  static final Path FOLDER = Charts.DIRECTORY.resolve("files/dashboards");
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private Dashboards() {}

  static List<String> names() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode read(String name) {
    try {
      return JSON.readTree(FOLDER.resolve(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What fills the lists from which a dashboard's variables are picked. */
  static List<String> definitions(JsonNode dashboard) {
    return dashboard.at("/templating/list").findValuesAsText("definition");
  }

  /** What panels ask Prometheus, with values in the place of variables. */
  static List<String> expressions(JsonNode dashboard) {
    return dashboard.get("panels").findValuesAsText("expr").stream()
        .map(expression -> expression.replace("$__rate_interval", "5m"))
        .map(expression -> expression.replaceAll("\\$(namespace|name)\\b", "x"))
        .toList();
  }
}
