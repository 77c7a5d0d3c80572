package dev.firstday.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An upgrade loses nothing: each CRD of {@code earlier} can be replaced by that of today. A release
 * puts its own there.
 */
class CompatibilityTest {
  private static final Path EARLIER = Path.of("src/test/resources/earlier");

  static Stream<Path> earlier() throws IOException {
    return Files.list(EARLIER).sorted();
  }

  @ParameterizedTest
  @MethodSource("earlier")
  void whatWasAcceptedIsAccepted(Path file) throws IOException {
    Path today = Path.of("yaml").resolve(file.getFileName());
    assertThat(today).exists();
    assertThat(
            Compatibility.breaks(schema(Files.readString(file)), schema(Files.readString(today))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: {type: string}              | b: {type: string}                     | .a has vanished",
        "a: {type: string}              | a: {type: integer}                    | .a was string and is integer",
        "a: {type: integer, maximum: 9} | a: {type: integer, maximum: 8}        | .a maximum was 9.0 and is 8.0",
        "a: {type: integer}             | a: {type: integer, minimum: 0}        | .a minimum was null and is 0.0",
        "a: {type: integer}             | a: {type: integer, maximum: 8}        | .a maximum was 2.147483647E9 and is 8.0",
        "a: {type: string, enum: [x, y]}| a: {type: string, enum: [x]}          | .a no longer takes \"y\"",
        "a: {type: string}              | a: {type: string, enum: [x]}          | .a took anything, and takes only [\"x\"]",
        "a: {type: string}              | a: {type: string, pattern: x}         | .a its pattern is another: x",
        "a: {type: array, items: {type: object, properties: {b: {type: string}}}} | a: {type: array, items: {type: object}} | .a[].b has vanished",
      })
  void whatTakesLessIsFound(String earlier, String later, String found) {
    assertThat(Compatibility.breaks(object(earlier), object(later))).containsExactly(found);
    assertThat(Compatibility.breaks(object(earlier), object(earlier))).isEmpty();
  }

  private static JSONSchemaProps object(String field) {
    return Serialization.unmarshal(
        "type: object\nproperties:\n  " + field + "\n", JSONSchemaProps.class);
  }

  private static JSONSchemaProps schema(String crd) {
    return Serialization.unmarshal(crd, CustomResourceDefinition.class)
        .getSpec()
        .getVersions()
        .get(0)
        .getSchema()
        .getOpenAPIV3Schema();
  }
}
