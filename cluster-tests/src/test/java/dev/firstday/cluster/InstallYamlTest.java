package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The file for those who have kubectl and no Helm is what the chart renders. */
class InstallYamlTest {
  private static final Path COMMITTED = Path.of("..", "charts", "install.yaml");
  private static final String BUCKET = "firstday";

  private static final String HEAD =
      """
      # All that charts/firstday installs with its default values and the bucket "%s", for kubectl apply -f.
      # Made from the chart, which is what to edit: ./mvnw -pl cluster-tests -am test -Dtest=InstallYamlTest
      # -Dsurefire.failIfNoSpecifiedTests=false -Dchart.update=true
      apiVersion: v1
      kind: Namespace
      metadata:
        name: %s
        labels:
          pod-security.kubernetes.io/enforce: restricted
      """
          .formatted(BUCKET, Charts.NAMESPACE);

  @BeforeAll
  static void update() throws IOException {
    if (Boolean.getBoolean("chart.update")) {
      Files.writeString(COMMITTED, rendered());
    }
  }

  @Test
  void isWhatTheChartRenders() throws IOException {
    assertThat(Files.readString(COMMITTED).equals(rendered()))
        .as("%s is what the chart renders; its first lines say how to update it", COMMITTED)
        .isTrue();
  }

  @Test
  void holdsItsNamespaceTheCrdsAndTheOperator() throws IOException {
    List<HasMetadata> objects = objects();
    assertThat(objects.get(0).getFullResourceName()).isEqualTo("namespaces");
    assertThat(objects)
        .filteredOn(object -> object.getKind().equals("CustomResourceDefinition"))
        .hasSize(5);
    assertThat(objects).filteredOn(Deployment.class::isInstance).hasSize(1);
    assertThat(objects)
        .extracting(object -> object.getMetadata().getNamespace())
        .containsOnly(null, Charts.NAMESPACE);
  }

  /** kubectl would run the pod of {@code helm test} at once, before there is an operator. */
  @Test
  void holdsNoHook() throws IOException {
    assertThat(objects())
        .allSatisfy(
            object ->
                assertThat(object.getMetadata().getAnnotations().keySet())
                    .doesNotContain("helm.sh/hook"));
  }

  private static List<HasMetadata> objects() throws IOException {
    return Charts.objects(Files.readString(COMMITTED));
  }

  private static String rendered() {
    String chart = Charts.yaml(Charts.values("storage.bucket", BUCKET));
    return Stream.of(chart.split("(?m)^---$"))
        .map(String::strip)
        .filter(document -> document.lines().anyMatch(line -> line.startsWith("kind:")))
        .filter(document -> !document.contains("helm.sh/hook:"))
        .collect(Collectors.joining("\n---\n", HEAD + "---\n", "\n"));
  }
}
