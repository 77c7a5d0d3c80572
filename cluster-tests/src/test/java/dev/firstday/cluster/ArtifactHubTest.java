package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the chart's page at Artifact Hub shows is what the chart holds. */
class ArtifactHubTest {
  private static final Path CHART = Charts.DIRECTORY.resolve("Chart.yaml");
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final String LICENSE = "Apache-2.0";
  private static final List<String> SHOWN =
      List.of(
          "flights/dataset.yaml",
          "flights/trainingjob.yaml",
          "flights/model.yaml",
          "flights/deployment.yaml",
          "readiness.yaml");
  private static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE));

  @BeforeAll
  static void update() throws IOException {
    if (Boolean.getBoolean("chart.update")) {
      String head = Files.readString(CHART).split("(?m)^annotations:")[0];
      Files.writeString(CHART, head + YAML.writeValueAsString(Map.of("annotations", wanted())));
    }
  }

  @Test
  void saysWhatTheChartHolds() throws IOException {
    JsonNode annotations = YAML.readTree(CHART.toFile()).path("annotations");
    assertThat(YAML.convertValue(annotations, new TypeReference<Map<String, String>>() {}))
        .as(
            "annotations of %s; to update them: ./mvnw -pl cluster-tests -am test"
                + " -Dtest=ArtifactHubTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dchart.update=true",
            CHART)
        .isEqualTo(wanted());
  }

  @Test
  void showsAnExampleOfEachKind() throws IOException {
    assertThat(examples())
        .extracting(example -> example.path("kind").asText())
        .containsExactlyInAnyOrderElementsOf(
            crds().map(crd -> crd.getSpec().getNames().getKind()).toList());
  }

  @Test
  void saysTheLicenseThatTheTextAndThePomAre() throws IOException {
    assertThat(Files.readString(Path.of("..", "LICENSE")))
        .contains("Apache License", "Version 2.0, January 2004", "END OF TERMS AND CONDITIONS");
    assertThat(Files.readString(Path.of("..", "pom.xml")))
        .contains("<name>%s</name>".formatted(LICENSE));
  }

  private static Map<String, String> wanted() throws IOException {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("artifacthub.io/category", "ai-machine-learning");
    annotations.put("artifacthub.io/operator", "true");
    annotations.put("artifacthub.io/license", LICENSE);
    annotations.put("artifacthub.io/crds", yaml(crds().map(ArtifactHubTest::described).toList()));
    annotations.put("artifacthub.io/crdsExamples", yaml(examples()));
    annotations.put("artifacthub.io/images", yaml(images()));
    annotations.put(
        "artifacthub.io/links",
        yaml(
            List.of(
                entry(
                    "name",
                    "What to do when an alert fires",
                    "url",
                    values().at("/prometheusRule/runbooks").asText()))));
    return annotations;
  }

  private static Map<String, String> described(CustomResourceDefinition crd) {
    var version = crd.getSpec().getVersions().get(0);
    return entry(
        "kind",
        crd.getSpec().getNames().getKind(),
        "version",
        version.getName(),
        "name",
        crd.getMetadata().getName(),
        "displayName",
        crd.getSpec().getNames().getKind(),
        "description",
        version.getSchema().getOpenAPIV3Schema().getDescription());
  }

  private static List<Map<String, String>> images() throws IOException {
    String version = YAML.readTree(CHART.toFile()).path("appVersion").asText();
    return values().path("images").properties().stream()
        .filter(image -> !image.getValue().path("repository").asText().isEmpty())
        .map(
            image ->
                entry(
                    "name",
                    image.getKey(),
                    "image",
                    image.getValue().path("repository").asText() + ":" + version))
        .toList();
  }

  private static ArrayNode examples() throws IOException {
    ArrayNode examples = YAML.createArrayNode();
    for (String file : SHOWN) {
      examples.add(YAML.readTree(EXAMPLES.resolve(file).toFile()));
    }
    return examples;
  }

  private static Stream<CustomResourceDefinition> crds() throws IOException {
    try (Stream<Path> files = Files.list(Charts.DIRECTORY.resolve("files/crds"))) {
      return files.sorted().toList().stream()
          .map(ArtifactHubTest::read)
          .map(crd -> Serialization.unmarshal(crd, CustomResourceDefinition.class));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode values() throws IOException {
    return YAML.readTree(Charts.DIRECTORY.resolve("values.yaml").toFile());
  }

  private static Map<String, String> entry(String... namesAndValues) {
    Map<String, String> entry = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      entry.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return entry;
  }

  private static String yaml(Object value) throws JsonProcessingException {
    return YAML.writeValueAsString(value);
  }
}
