package dev.firstday.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Dataset;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UploadTest {
  private static final Dataset IRIS =
      Serialization.unmarshal(
          """
          apiVersion: firstday.dev/v1alpha1
          kind: Dataset
          metadata: {name: iris, generation: 2}
          spec: {source: {files: [{name: iris, uri: "iris/*.csv"}]}}
          """,
          Dataset.class);

  @Test
  void aDataSetThatWasReadyBeforeDoesNotNoticeItsFiles() {
    assertThat(new Upload(Set.of("iris/a.csv"), Map.of("iris", 2L)).hint(IRIS))
        .contains("its files have changed; for a version of them: firstday dataset refresh iris");
  }

  @Test
  void aNewOrChangedDataSetAndOtherFilesNeedNoRefresh() {
    assertThat(new Upload(Set.of("iris/a.csv"), Map.of()).hint(IRIS)).isEmpty();
    assertThat(new Upload(Set.of("iris/a.csv"), Map.of("iris", 1L)).hint(IRIS)).isEmpty();
    assertThat(new Upload(Set.of("wine/a.csv"), Map.of("iris", 2L)).hint(IRIS)).isEmpty();
    assertThat(new Upload(Set.of(), Map.of("iris", 2L)).hint(IRIS)).isEmpty();
  }
}
