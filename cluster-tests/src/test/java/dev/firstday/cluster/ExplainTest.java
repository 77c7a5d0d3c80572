package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Firstday;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kubectl explain} has something to say of every field, before a real API server. */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
@Isolated("the CRDs belong to one installation at a time")
class ExplainTest {
  private static final Path CRDS = Path.of("..", "crds", "yaml");
  private static final Kubectl KUBECTL = new Kubectl("default");

  @BeforeAll
  static void apply() {
    KUBECTL.run("apply", "--server-side", "--force-conflicts", "-f", CRDS.toString());
    KUBECTL.run("wait", "--for=condition=Established", "-f", CRDS.toString());
  }

  static List<String> kinds() {
    return Firstday.KINDS.stream().map(HasMetadata::getFullResourceName).toList();
  }

  /** What it says of an object ends with a line or two on each of its fields. */
  @ParameterizedTest
  @MethodSource("kinds")
  void everyFieldIsExplained(String kind) throws IOException {
    List<String> objects = objects(kind).toList();
    assertThat(objects).as("places that have fields").contains("", ".status.conditions");
    for (String object : objects) {
      String said = KUBECTL.run("explain", kind.split("[.]")[0] + object);
      assertThat(said)
          .as("kubectl explain %s%s", kind, object)
          .contains("GROUP:      firstday.dev", "DESCRIPTION:")
          .doesNotContain("<empty>")
          .doesNotContain("<no description>");
    }
    assertThat(KUBECTL.run("explain", kind.split("[.]")[0], "--recursive"))
        .contains("conditions", "observedGeneration")
        .doesNotContain("<empty>");
  }

  private static Stream<String> objects(String kind) throws IOException {
    CustomResourceDefinition crd =
        Serialization.unmarshal(
            Files.readString(CRDS.resolve(kind + ".yaml")), CustomResourceDefinition.class);
    return objects("", crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema());
  }

  /** The schema's own path, and the paths of what has fields below it. */
  private static Stream<String> objects(String path, JSONSchemaProps schema) {
    if (schema.getItems() != null) {
      return objects(path, schema.getItems().getSchema());
    }
    if (schema.getAdditionalProperties() != null
        && schema.getAdditionalProperties().getSchema() != null) {
      return objects(path, schema.getAdditionalProperties().getSchema());
    }
    Map<String, JSONSchemaProps> fields = schema.getProperties();
    if (fields == null || fields.isEmpty()) {
      return Stream.empty();
    }
    return Stream.concat(
        Stream.of(path),
        fields.entrySet().stream()
            .flatMap(field -> objects(path + "." + field.getKey(), field.getValue())));
  }
}
