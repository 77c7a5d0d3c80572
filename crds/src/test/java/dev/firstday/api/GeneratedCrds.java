package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The CRDs as the API records say them, completed by what no annotation can say. */
final class GeneratedCrds {
  private static final Map<String, Class<? extends CustomResource<?, ?>>> KINDS =
      Firstday.KINDS.stream().collect(Collectors.toMap(HasMetadata::getKind, Function.identity()));

  private static final Pattern EXPONENT =
      Pattern.compile("(?m)^( *(?:minimum|maximum): )(\\S+E[0-9]+)$");

  private GeneratedCrds() {}

  /**
   * @param directory where the generator may write
   * @return YAML by CRD name, such as {@code datasets.firstday.dev}
   */
  static Map<String, String> generate(Path directory) {
    new CRDGenerator()
        .customResourceClasses(List.copyOf(KINDS.values()))
        .withPostProcessor(
            new CRDPostProcessor() {
              @Override
              public HasMetadata process(HasMetadata crd, String version) {
                complete((CustomResourceDefinition) crd);
                return crd;
              }
            })
        .withMinQuotes(true)
        .inOutputDir(directory.toFile())
        .generate();
    Map<String, String> yaml = new TreeMap<>();
    try (var files = Files.newDirectoryStream(directory, "*.yml")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replaceFirst("-v1[.]yml$", "");
        yaml.put(name, plain(Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return yaml;
  }

  /** Some readers, such as PyYAML, take a number with such an exponent for a string. */
  private static String plain(String yaml) {
    return EXPONENT
        .matcher(yaml)
        .replaceAll(
            number -> number.group(1) + new BigDecimal(number.group(2)).toBigInteger().toString());
  }

  private static void complete(CustomResourceDefinition crd) {
    var type = KINDS.get(crd.getSpec().getNames().getKind());
    for (var version : crd.getSpec().getVersions()) {
      JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
      root.setDescription(type.getAnnotation(JsonClassDescription.class).value());
      // names become parts of children's names, which end at 63 characters
      root.setXKubernetesValidations(
          List.of(
              new ValidationRuleBuilder()
                  .withRule("self.metadata.name.matches('%s')".formatted(Firstday.NAME_PATTERN))
                  .withMessage(
                      "metadata.name has at most 40 of a-z, 0-9 and -, and neither begins nor ends with -")
                  .build()));
      JSONSchemaProps status = root.getProperties().get("status");
      // kstatus takes a resource without an observed generation for one that is ready
      status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
      JSONSchemaProps conditions = status.getProperties().get("conditions");
      conditions.setXKubernetesListType("map");
      conditions.setXKubernetesListMapKeys(List.of("type"));
      if (type == ReadinessTest.class) {
        // it has nothing to say but its name
        root.getProperties().remove("spec");
      }
      if (type == Model.class) {
        completeGolden(root.getProperties().get("spec").getProperties().get("golden"));
      }
      if (type == Dataset.class) {
        completeTests(root.getProperties().get("spec").getProperties().get("tests"));
      }
      IntegerFormats.complete(root, type);
      // the generator sorts columns by their path; people read them in the order they were written
      List<String> columns =
          Stream.of(type.getAnnotationsByType(AdditionalPrinterColumn.class))
              .map(AdditionalPrinterColumn::name)
              .toList();
      version
          .getAdditionalPrinterColumns()
          .sort(Comparator.comparing(column -> columns.indexOf(column.getName())));
    }
  }

  /** A value that is to be missing is null, which the API server would not store otherwise. */
  private static void completeTests(JSONSchemaProps tests) {
    var fields = tests.getItems().getSchema().getProperties();
    Stream.of(fields.get("given").getItems().getSchema(), fields.get("expect"))
        .map(rows -> rows.getProperties().get("rows").getItems().getSchema())
        .forEach(row -> row.getAdditionalProperties().getSchema().setNullable(true));
  }

  /** Names tell cases apart; a case that expects nothing could not fail; a value may be missing. */
  private static void completeGolden(JSONSchemaProps golden) {
    golden.setXKubernetesListType("map");
    golden.setXKubernetesListMapKeys(List.of("name"));
    var fields = golden.getItems().getSchema().getProperties();
    fields.get("expect").setMinProperties(1L);
    fields.get("inputs").getAdditionalProperties().getSchema().setNullable(true);
  }
}
