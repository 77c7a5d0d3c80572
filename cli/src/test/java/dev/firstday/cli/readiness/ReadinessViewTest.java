package dev.firstday.cli.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ReadinessTest;
import dev.firstday.cli.terminal.Style;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person sees, as a whole. */
class ReadinessViewTest {
  private static final Path FOLDER = Path.of("src/test/resources/readiness");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void pointsAreATableAndThenTheirEvidence() throws IOException {
    assertThat(String.join("\n", shown(test())) + "\n")
        .isEqualTo(Files.readString(FOLDER.resolve("shown.txt")));
  }

  @Test
  void aTestThatNobodyScoredSaysWhy() throws IOException {
    ReadinessTest unseen = test();
    unseen.setStatus(null);
    assertThat(shown(unseen))
        .containsExactly(
            "ReadinessTest readiness in namespace shop: not seen yet",
            "  The operator has not looked at it: is one running? kubectl get pods -A");
  }

  private static List<String> shown(ReadinessTest test) {
    return ReadinessView.lines(test, NOW, Style.PLAIN);
  }

  private static ReadinessTest test() throws IOException {
    return Serialization.unmarshal(
        Files.readString(FOLDER.resolve("readinesstest.yaml")), ReadinessTest.class);
  }
}
