package dev.firstday.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The scripts, as Argo CD's own repository would have them (a kind {@code _} is every kind), and
 * the same as keys of the ConfigMap {@code argocd-cm}, where no key can say "every kind".
 */
final class Customizations {
  static final Path GROUP = Path.of("resource_customizations", "firstday.dev");
  static final Path EVERY_KIND = GROUP.resolve("_");
  private static final Path CRDS = Path.of("..", "crds", "yaml");

  static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private Customizations() {}

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode yaml(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The kinds that there are CRDs of. */
  static List<String> kinds() {
    return files(CRDS).map(crd -> yaml(crd).at("/spec/names/kind").asText()).sorted().toList();
  }

  static Path actionsOf(String kind) {
    return GROUP.resolve(kind).resolve("actions");
  }

  static boolean hasActions(String kind) {
    return Files.isDirectory(actionsOf(kind));
  }

  /** Names of the actions of a kind. */
  static List<String> actions(String kind) {
    return files(actionsOf(kind))
        .filter(file -> Files.exists(file.resolve("action.lua")))
        .map(file -> file.getFileName().toString())
        .sorted()
        .toList();
  }

  static String action(String kind, String name) {
    return read(actionsOf(kind).resolve(name).resolve("action.lua"));
  }

  static String discovery(String kind) {
    return read(actionsOf(kind).resolve("discovery.lua"));
  }

  static String health() {
    return read(EVERY_KIND.resolve("health.lua"));
  }

  /** Keys of argocd-cm with their values. */
  static Map<String, String> configMap() {
    Map<String, String> data = new LinkedHashMap<>();
    for (String kind : kinds()) {
      data.put("resource.customizations.health.firstday.dev_" + kind, health());
      if (hasActions(kind)) {
        data.put("resource.customizations.actions.firstday.dev_" + kind, actionsValue(kind));
      }
    }
    return data;
  }

  private static String actionsValue(String kind) {
    List<Map<String, String>> definitions = new ArrayList<>();
    for (String name : actions(kind)) {
      Map<String, String> definition = new LinkedHashMap<>();
      definition.put("name", name);
      definition.put("action.lua", action(kind, name));
      definitions.add(definition);
    }
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("discovery.lua", discovery(kind));
    value.put("definitions", definitions);
    return write(value);
  }

  static String write(Object value) {
    try {
      return YAML.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
