package dev.firstday.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the CRDs promise, and that those committed are those generated. */
class CrdsTest {
  /**
   * Where they are committed: for the class path, and for the chart, which sees no other folder.
   */
  private static final List<Path> COMMITTED =
      List.of(Path.of("yaml"), Path.of("..", "charts", "firstday", "files", "crds"));

  private static final int MAX_BYTES = 200 * 1024;

  private static Map<String, String> generated;

  @BeforeAll
  static void generate(@TempDir Path scratch) throws IOException {
    generated = GeneratedCrds.generate(scratch);
    if (Boolean.getBoolean("crds.update")) {
      for (Path directory : COMMITTED) {
        for (var crd : generated.entrySet()) {
          Files.writeString(directory.resolve(crd.getKey() + ".yaml"), crd.getValue());
        }
      }
    }
  }

  @Test
  void thoseCommittedAreThoseGenerated() throws IOException {
    for (Path directory : COMMITTED) {
      Map<String, String> committed = new TreeMap<>();
      try (var files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          committed.put(
              file.getFileName().toString().replaceFirst("[.]yaml$", ""), Files.readString(file));
        }
      }
      assertThat(committed).as("%s", directory).hasSameSizeAs(generated);
      assertThat(
              generated.keySet().stream()
                  .filter(name -> !generated.get(name).equals(committed.get(name))))
          .as(
              "CRDs in %s that differ from the API records; to update them:"
                  + " ./mvnw -pl crds test -Dtest=CrdsTest -Dcrds.update=true",
              directory)
          .isEmpty();
    }
  }

  @Test
  void namesAreThoseOfTheDesign() {
    assertThat(
            crds().stream()
                .map(
                    crd -> {
                      var names = crd.getSpec().getNames();
                      return "%s %s %s %s %s"
                          .formatted(
                              names.getKind(),
                              names.getPlural(),
                              names.getSingular(),
                              names.getShortNames(),
                              names.getCategories());
                    }))
        .containsExactly(
            "Dataset datasets dataset [dset] [ml]",
            "Deployment modeldeployments modeldeployment [mdep] [ml]",
            "Model models model [mdl] [ml]",
            "ReadinessTest readinesstests readinesstest [rdy] [ml]",
            "TrainingJob trainingjobs trainingjob [tj] [ml]");
  }

  @Test
  void everyFieldIsDescribed() {
    assertThat(
            fields().stream()
                .filter(f -> f.schema().getDescription() == null && !f.isElement())
                .map(Field::path))
        .isEmpty();
  }

  @Test
  void clientSideApplyHasRoomForThem() {
    assertThat(generated)
        .allSatisfy(
            (name, yaml) ->
                assertThat(yaml.getBytes(StandardCharsets.UTF_8).length)
                    .as("bytes of %s", name)
                    .isLessThan(MAX_BYTES));
  }

  /** A default in a spec makes what is stored differ from what is in Git. */
  @Test
  void noSpecHasADefault() {
    assertThat(
            fields().stream()
                .filter(f -> f.schema().getDefault() != null)
                .filter(f -> !f.path().endsWith(".status"))
                .map(Field::path))
        .isEmpty();
  }

  /** What the API server takes, clients have to be able to read. */
  @Test
  void everyIntegerSaysWhatHoldsItAndThoseOfSpecsAreKeptToIt() {
    List<Field> integers =
        fields().stream().filter(f -> "integer".equals(f.schema().getType())).toList();
    assertThat(integers)
        .allSatisfy(f -> assertThat(f.schema().getFormat()).as(f.path()).isIn("int32", "int64"));
    List<Field> written =
        integers.stream()
            .filter(f -> f.path().contains(".spec."))
            .filter(f -> f.schema().getFormat().equals("int32"))
            .toList();
    assertThat(written)
        .extracting(Field::path)
        .contains(
            "Deployment.spec.version",
            "TrainingJob.spec.dataset.version",
            "Model.spec.aliases[].version");
    assertThat(written)
        .allSatisfy(
            f -> {
              assertThat(f.schema().getMinimum())
                  .as(f.path())
                  .isGreaterThanOrEqualTo(Integer.MIN_VALUE);
              assertThat(f.schema().getMaximum())
                  .as(f.path())
                  .isLessThanOrEqualTo(Integer.MAX_VALUE);
            });
  }

  /**
   * A reference into another namespace would let the operator act with rights its user lacks. A
   * Gateway's is no such: the operator does not look there, and the Gateway says who may refer to
   * it.
   */
  @Test
  void nothingRefersToAnotherNamespace() {
    assertThat(fields().stream().map(Field::path).filter(p -> p.matches("(?i).*namespace[^.]*")))
        .allMatch(p -> p.endsWith(".spec.routing.gatewayAPI.gateway.namespace"));
  }

  @Test
  void statusIsWhatKstatusReads() {
    assertThat(crds())
        .allSatisfy(
            crd -> {
              var version = crd.getSpec().getVersions().get(0);
              assertThat(version.getSubresources().getStatus()).isNotNull();
              var root = version.getSchema().getOpenAPIV3Schema();
              // a test of readiness has a name, and nothing to say
              assertThat(root.getRequired())
                  .isEqualTo(
                      root.getProperties().containsKey("spec") ? List.of("spec") : List.of());
              var status = root.getProperties().get("status");
              assertThat(status.getDefault()).hasToString("{\"observedGeneration\":-1}");
              var conditions = status.getProperties().get("conditions");
              assertThat(conditions.getXKubernetesListType()).isEqualTo("map");
              assertThat(conditions.getXKubernetesListMapKeys()).containsExactly("type");
            });
  }

  @Test
  void columnsStandAsTheyWereWritten() {
    assertThat(crds().get(0).getSpec().getVersions().get(0).getAdditionalPrinterColumns())
        .extracting(column -> column.getName())
        .startsWith("Phase", "Version", "Tag", "Train-Rows", "Validation-Rows", "Checks", "Ready")
        .endsWith("Age");
  }

  /** Server-side apply refuses a CRD in which a rule stands twice. */
  @Test
  void noRuleStandsTwice() {
    assertThat(fields())
        .allSatisfy(
            field -> {
              var rules = field.schema().getXKubernetesValidations();
              assertThat(rules == null ? List.of() : rules)
                  .as(field.path())
                  .doesNotHaveDuplicates();
            });
  }

  @Test
  void theyAreOnTheClassPath() {
    assertThat(generated.keySet())
        .allSatisfy(
            name ->
                assertThat(getClass().getResource("/crds/" + name + ".yaml")).as(name).isNotNull());
  }

  private static List<CustomResourceDefinition> crds() {
    return generated.values().stream()
        .map(yaml -> Serialization.unmarshal(yaml, CustomResourceDefinition.class))
        .toList();
  }

  /**
   * A field of any depth; an element of a list or a value of a map has no description of its own.
   */
  private record Field(String path, JSONSchemaProps schema, boolean isElement) {}

  private static List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    for (var crd : crds()) {
      for (var version : crd.getSpec().getVersions()) {
        collect(
            new Field(
                crd.getSpec().getNames().getKind(),
                version.getSchema().getOpenAPIV3Schema(),
                false),
            fields);
      }
    }
    return fields;
  }

  private static void collect(Field field, List<Field> fields) {
    fields.add(field);
    var schema = field.schema();
    if (schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach(
              (name, child) -> collect(new Field(field.path() + "." + name, child, false), fields));
    }
    if (schema.getItems() != null) {
      collect(new Field(field.path() + "[]", schema.getItems().getSchema(), true), fields);
    }
    if (schema.getAdditionalProperties() != null) {
      collect(
          new Field(field.path() + "{}", schema.getAdditionalProperties().getSchema(), true),
          fields);
    }
  }
}
