package dev.firstday.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Dataset;
import dev.firstday.api.Firstday;
import dev.firstday.cli.terminal.Style;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees, as a whole: {@code x.yaml} is the resource, {@code x.txt} what is shown. */
class StatusViewTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dataset");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"good", "refused", "unseen", "retried"})
  void aStatusIsShown(String name) throws IOException {
    assertThat(String.join("\n", StatusView.lines(dataset(name), NOW, Style.PLAIN)) + "\n")
        .isEqualTo(Files.readString(GOLDEN.resolve(name + ".txt")));
  }

  @Test
  void noLineIsWiderThanATerminal() throws IOException {
    for (String name : List.of("good", "refused")) {
      assertThat(StatusView.lines(dataset(name), NOW, Style.PLAIN))
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }
  }

  @Test
  void aTerminalHasTheSameTextInColours() throws IOException {
    List<String> coloured = StatusView.lines(dataset("refused"), NOW, new Style(true, false));

    assertThat(coloured).anySatisfy(line -> assertThat(line).contains("\u001b[31mFAILED\u001b[0m"));
    assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9]*m", "")).toList())
        .isEqualTo(StatusView.lines(dataset("refused"), NOW, Style.PLAIN));
  }

  @Test
  void aRunForASpecWasAskedForByAnAnnotationOnly() throws IOException {
    String yaml =
        Files.readString(GOLDEN.resolve("retried.yaml"))
            .replace("trigger: Change", "trigger: Spec");
    Dataset first = Serialization.unmarshal(yaml, Dataset.class);
    Dataset asked = Serialization.unmarshal(yaml, Dataset.class);
    asked.getMetadata().setAnnotations(Map.of(Firstday.REFRESH_ANNOTATION, "1"));

    assertThat(StatusView.lines(first, NOW, Style.PLAIN))
        .anyMatch(line -> line.endsWith("2 min ago (for this spec)"));
    assertThat(StatusView.lines(asked, NOW, Style.PLAIN))
        .anyMatch(line -> line.endsWith("2 min ago (new spec, or asked for)"));
  }

  private static Dataset dataset(String name) throws IOException {
    return Serialization.unmarshal(Files.readString(GOLDEN.resolve(name + ".yaml")), Dataset.class);
  }
}
