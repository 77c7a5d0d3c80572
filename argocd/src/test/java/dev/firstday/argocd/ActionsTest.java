package dev.firstday.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.Firstday;
import dev.firstday.api.RolloutCommand;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What can be done to resources as a cluster had them, and what it does. */
class ActionsTest {
  private static final Map<String, String> ANNOTATIONS =
      Map.of(
          "Dataset", Firstday.REFRESH_ANNOTATION,
          "Deployment", Firstday.ROLLOUT_ANNOTATION,
          "Model", Firstday.VERIFY_ANNOTATION,
          "TrainingJob", Firstday.RETRAIN_ANNOTATION);

  /** Those that write to the spec, and to no annotation. */
  private static final Set<String> OF_THE_SPEC =
      Set.of("Dataset/suspend", "Dataset/resume", "TrainingJob/suspend", "TrainingJob/resume");

  private record Case(String kind, JsonNode test) {
    JsonNode input() {
      return file("inputPath");
    }

    JsonNode file(String field) {
      return Customizations.yaml(Customizations.actionsOf(kind).resolve(test.path(field).asText()));
    }

    String action() {
      return test.path("action").asText();
    }

    String name() {
      return "%s %s %s".formatted(kind, action(), test.path("inputPath").asText());
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> act(JsonNode resource) {
      return (Map<String, Object>) Sandbox.run(Customizations.action(kind, action()), resource);
    }
  }

  @TestFactory
  Stream<DynamicTest> anActionDoesWhatArgosFormSays() {
    return cases("actionTests")
        .map(
            test ->
                DynamicTest.dynamicTest(
                    test.name(),
                    () ->
                        assertThat(test.act(test.input()))
                            .isEqualTo(Sandbox.unchanged(test.file("expectedOutputPath")))));
  }

  @TestFactory
  Stream<DynamicTest> whatIsPossibleIsAsArgosFormSays() {
    return cases("discoveryTests")
        .map(
            test ->
                DynamicTest.dynamicTest(
                    test.name(),
                    () -> assertThat(discovered(test)).isEqualTo(expected(test.test()))));
  }

  /** A second click, before the operator has seen the first, is none. */
  @Test
  void anActionThatIsDoneTwiceIsDoneOnce() {
    assertThat(cases("actionTests"))
        .allSatisfy(
            test -> {
              Map<String, Object> once = test.act(test.input());
              assertThat(test.act(Customizations.YAML.valueToTree(once))).isEqualTo(once);
            });
  }

  @Test
  void anActionWritesItsAnnotationOrItsFieldAndNothingElse() {
    assertThat(cases("actionTests"))
        .allSatisfy(
            test -> {
              Map<String, Object> before = flat(Sandbox.unchanged(test.input()));
              Map<String, Object> after = flat(test.act(test.input()));
              Set<String> touched = new TreeSet<>(before.keySet());
              touched.addAll(after.keySet());
              touched.removeIf(path -> before.getOrDefault(path, "").equals(after.get(path)));
              String only =
                  OF_THE_SPEC.contains(test.kind() + "/" + test.action())
                      ? "/spec/suspend"
                      : "/metadata/annotations/" + ANNOTATIONS.get(test.kind());
              assertThat(touched).isSubsetOf(only);
            });
  }

  /** Every command of a rollout is an action, by the same word, and the operator reads it. */
  @Test
  void theActionsOfADeploymentAreTheCommandsOfARollout() {
    assertThat(Customizations.actions("Deployment"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(RolloutCommand.values()).map(RolloutCommand::word).toList());
    assertThat(cases("actionTests").filter(test -> test.kind().equals("Deployment")))
        .allSatisfy(
            test ->
                assertThat(
                        RolloutCommand.of(
                            (String)
                                flat(test.act(test.input()))
                                    .get("/metadata/annotations/" + Firstday.ROLLOUT_ANNOTATION)))
                    .map(RolloutCommand::word)
                    .contains(test.action()));
  }

  /** One that is given again after it was answered has another text, or it would not be obeyed. */
  @Test
  void aCommandThatWasAnsweredIsGivenAnew() {
    assertThat(cases("actionTests").filter(test -> test.kind().equals("Deployment")))
        .allSatisfy(
            test -> {
              String annotation = "/metadata/annotations/" + Firstday.ROLLOUT_ANNOTATION;
              ObjectNode resource = test.input().deepCopy();
              String first = (String) flat(test.act(resource)).get(annotation);
              resource.withObject("/status/rollout").put("command", first);
              String second = (String) flat(test.act(resource)).get(annotation);
              assertThat(second).isNotEqualTo(first);
              assertThat(RolloutCommand.of(second)).isEqualTo(RolloutCommand.of(first));
            });
  }

  @Test
  void everyActionIsDiscoveredAndTestedBothWays() {
    for (String kind : ANNOTATIONS.keySet()) {
      assertThat(cases("actionTests").filter(test -> test.kind().equals(kind)))
          .extracting(Case::action)
          .containsAll(Customizations.actions(kind));
      assertThat(
              cases("discoveryTests")
                  .filter(test -> test.kind().equals(kind))
                  .flatMap(test -> discovered(test).entrySet().stream())
                  .map(entry -> entry.getKey() + " " + entry.getValue())
                  .distinct())
          .containsExactlyInAnyOrderElementsOf(
              Customizations.actions(kind).stream()
                  .flatMap(action -> Stream.of(action + " true", action + " false"))
                  .toList());
    }
  }

  private static Stream<Case> cases(String list) {
    return Customizations.kinds().stream()
        .filter(Customizations::hasActions)
        .flatMap(
            kind ->
                StreamSupport.stream(
                        Customizations.yaml(
                                Customizations.actionsOf(kind).resolve("action_test.yaml"))
                            .path(list)
                            .spliterator(),
                        false)
                    .map(test -> new Case(kind, test)));
  }

  /** Action to whether it is disabled. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> discovered(Case test) {
    Map<String, Object> actions =
        (Map<String, Object>) Sandbox.run(Customizations.discovery(test.kind()), test.input());
    Map<String, Object> disabled = new TreeMap<>();
    actions.forEach((name, is) -> disabled.put(name, ((Map<String, Object>) is).get("disabled")));
    return disabled;
  }

  private static Map<String, Object> expected(JsonNode test) {
    Map<String, Object> disabled = new TreeMap<>();
    test.path("result")
        .forEach(
            action ->
                disabled.put(action.path("name").asText(), action.path("disabled").asBoolean()));
    return disabled;
  }

  /** Path to value. */
  private static Map<String, Object> flat(Object value) {
    Map<String, Object> paths = new TreeMap<>();
    flatten("", value, paths);
    return paths;
  }

  private static void flatten(String path, Object value, Map<String, Object> paths) {
    if (value instanceof Map<?, ?> map && !(map.isEmpty() && path.endsWith("/annotations"))) {
      map.forEach((key, child) -> flatten(path + "/" + key, child, paths));
    } else {
      paths.put(path, value);
    }
  }
}
