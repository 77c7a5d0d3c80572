package dev.firstday.operator.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What pods are made from, word for word. An operator of another release that writes another word
 * has every router and predictor of the cluster restarted: they go one after the other, and nothing
 * is lost, but it is to be meant. {@code -Dpods.update=true} writes the files anew.
 */
class PodTemplatesTest {
  private static final Path FOLDER = Path.of("src/test/resources/deployment");

  private final World world = new World();

  @ParameterizedTest
  @ValueSource(strings = {"late-router", "late-v1"})
  void anUpgradeRestartsNoPod(String name) throws IOException {
    Deployment deployment =
        DeploymentChildrenTest.deployment(
            name, DeploymentChildrenTest.children(world.record(1).pass(), 2));
    String template = Serialization.asYaml(deployment.getSpec().getTemplate());
    Path file = FOLDER.resolve(name + "-pod.yaml");
    if (Boolean.getBoolean("pods.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, template);
    }
    assertThat(template).isEqualTo(Files.readString(file));
  }
}
