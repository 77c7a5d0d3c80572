package dev.firstday.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelVersion;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoTest {

  /** Version 4 answers. A training that was done before gives its version again, as version 1. */
  @ParameterizedTest
  @CsvSource({
    "track: newest, 5, false",
    "track: newest, 4, true",
    "track: newest, 1, true",
    "track: champion, 5, true",
    "version: 4, 5, true"
  })
  void waitsForTheVersionJustTrainedUnlessANewerOneServes(
      String followed, int trained, boolean served) {
    ModelDeployment deployment =
        Serialization.unmarshal(
            """
            metadata: {name: late-arrival}
            spec: {model: late-arrival, %s}
            status: {stable: {number: 4, digest: d4}}
            """
                .formatted(followed),
            ModelDeployment.class);
    ModelVersion version =
        Serialization.unmarshal(
            "number: %1$d\ndigest: d%1$d".formatted(trained), ModelVersion.class);

    assertThat(Demo.serves(deployment, version)).isEqualTo(served);
  }
}
