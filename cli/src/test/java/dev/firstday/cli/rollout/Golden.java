package dev.firstday.cli.rollout;

import dev.firstday.api.ModelDeployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Deployments in the states that people meet. */
final class Golden {
  static final Path FOLDER = Path.of("src/test/resources/rollout");

  private Golden() {}

  static ModelDeployment deployment(String name) throws IOException {
    return Serialization.unmarshal(
        Files.readString(FOLDER.resolve(name + ".yaml")), ModelDeployment.class);
  }
}
