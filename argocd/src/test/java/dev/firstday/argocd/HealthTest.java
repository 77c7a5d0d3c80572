package dev.firstday.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.luaj.vm2.LuaError;

/** The health of resources as a cluster had them. */
class HealthTest {
  private static final JsonNode TESTS =
      Customizations.yaml(Customizations.EVERY_KIND.resolve("health_test.yaml")).path("tests");

  @TestFactory
  Stream<DynamicTest> healthIsAsArgosFormSays() {
    return tests()
        .map(
            test ->
                DynamicTest.dynamicTest(
                    test.path("inputPath").asText(),
                    () ->
                        assertThat(health(input(test)))
                            .isEqualTo(Sandbox.unchanged(test.path("healthStatus")))));
  }

  @Test
  void everyKindAndEveryHealthHasATest() {
    assertThat(tests().map(test -> input(test).path("kind").asText()).distinct().sorted())
        .containsExactlyElementsOf(Customizations.kinds());
    assertThat(tests().map(test -> test.at("/healthStatus/status").asText()).distinct())
        .containsExactlyInAnyOrder("Healthy", "Progressing", "Degraded", "Suspended");
  }

  /** As it is for the moment between an edit and the operator's word about it. */
  @Test
  void whatWasEditedIsProgressingWhateverItWas() {
    assertThat(tests())
        .allSatisfy(
            test -> {
              ObjectNode edited = input(test).deepCopy();
              ObjectNode metadata = edited.withObject("/metadata");
              metadata.put("generation", metadata.path("generation").asInt() + 1);
              assertThat(health(edited)).containsEntry("status", "Progressing");
            });
  }

  @Test
  void whatHasNoStatusAtAllIsProgressing() {
    assertThat(tests())
        .allSatisfy(
            test -> {
              ObjectNode created = input(test).deepCopy();
              created.remove("status");
              assertThat(health(created)).containsEntry("status", "Progressing");
            });
  }

  /** The check of this sandbox: what Argo CD would refuse is refused. */
  @Test
  void thereIsNoStringAndNoMathLibrary() {
    JsonNode any = input(tests().findFirst().orElseThrow());
    for (String script :
        new String[] {
          "return { status = string.sub('abc', 1) }",
          "local s = 'abc' return { status = s:sub(1) }",
          "return { status = math.floor(1.5) }"
        }) {
      assertThatThrownBy(() -> Sandbox.run(script, any)).isInstanceOf(LuaError.class);
    }
  }

  private static Stream<JsonNode> tests() {
    return StreamSupport.stream(TESTS.spliterator(), false);
  }

  private static JsonNode input(JsonNode test) {
    return Customizations.yaml(Customizations.EVERY_KIND.resolve(test.path("inputPath").asText()));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> health(JsonNode resource) {
    return (Map<String, Object>) Sandbox.run(Customizations.health(), resource);
  }
}
