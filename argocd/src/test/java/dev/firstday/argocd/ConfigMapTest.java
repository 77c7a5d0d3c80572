package dev.firstday.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files that an Argo CD is configured with are those that the scripts make. */
class ConfigMapTest {

  /** A file, how it begins, and where in it the keys are. */
  enum Form {
    PATCH(
        "argocd-cm.yaml",
        "# Health and actions of Firstday's kinds, for Argo CD:\n"
            + "# kubectl patch configmap argocd-cm --namespace argocd --patch-file argocd/argocd-cm.yaml\n",
        "/data"),
    HELM_VALUES(
        "helm-values.yaml",
        "# Health and actions of Firstday's kinds, as values of the chart argo/argo-cd: one more --values.\n",
        "/configs/cm");

    private final Path file;
    private final String heading;
    private final String place;

    Form(String file, String heading, String place) {
      this.file = Path.of(file);
      this.heading = heading;
      this.place = place;
    }

    String text() {
      Object content = Customizations.configMap();
      String[] names = place.substring(1).split("/");
      for (int i = names.length - 1; i >= 0; i--) {
        content = Map.of(names[i], content);
      }
      return heading + Customizations.write(content);
    }
  }

  @ParameterizedTest
  @EnumSource
  void thoseCommittedAreThoseGenerated(Form form) throws IOException {
    if (Boolean.getBoolean("argocd.update")) {
      Files.writeString(form.file, form.text());
    }
    assertThat(Customizations.read(form.file))
        .as(
            "%s; to update it: ./mvnw -pl argocd -am test -Dtest=ConfigMapTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dargocd.update=true",
            form.file)
        .isEqualTo(form.text());
  }

  @ParameterizedTest
  @EnumSource
  void everyKindHasItsHealthWhereArgoLooksForIt(Form form) {
    JsonNode keys = Customizations.yaml(form.file).at(form.place);
    assertThat(Customizations.kinds())
        .hasSizeGreaterThan(4)
        .allSatisfy(
            kind ->
                assertThat(keys.path("resource.customizations.health.firstday.dev_" + kind))
                    .hasToString(
                        Customizations.YAML.valueToTree(Customizations.health()).toString()));
  }

  /** Argo CD reads an action's value as YAML of its own. */
  @Test
  void actionsAreReadBackAsTheyAreWritten() throws IOException {
    String value =
        Customizations.configMap().get("resource.customizations.actions.firstday.dev_Deployment");
    JsonNode actions = Customizations.YAML.readTree(value);
    assertThat(actions.path("discovery.lua").asText())
        .isEqualTo(Customizations.discovery("Deployment"));
    assertThat(actions.path("definitions"))
        .extracting(definition -> definition.path("name").asText())
        .containsExactly("approve", "pause", "promote", "resume", "retry", "rollback");
    assertThat(actions.path("definitions"))
        .allSatisfy(
            definition ->
                assertThat(definition.path("action.lua").asText())
                    .isEqualTo(
                        Customizations.action("Deployment", definition.path("name").asText())));
  }
}
