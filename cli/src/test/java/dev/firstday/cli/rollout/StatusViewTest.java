package dev.firstday.cli.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.cli.terminal.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees, as a whole: {@code x.yaml} is the resource, {@code x.txt} what is shown. */
class StatusViewTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unseen",
        "first",
        "golden-held",
        "golden-failed",
        "replay",
        "shadow",
        "canary",
        "awaiting",
        "rolled-back",
        "stable",
        "early",
        "kept"
      })
  void aStatusIsShown(String name) throws IOException {
    List<String> lines = lines(name, Style.PLAIN);

    assertThat(String.join("\n", lines) + "\n")
        .isEqualTo(Files.readString(Golden.FOLDER.resolve(name + ".txt")));
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary", "rolled-back", "golden-failed"})
  void aTerminalHasTheSameTextInColours(String name) throws IOException {
    List<String> coloured = lines(name, new Style(true, false));

    assertThat(coloured).anySatisfy(line -> assertThat(line).contains("\u001b["));
    assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9]*m", "")).toList())
        .isEqualTo(lines(name, Style.PLAIN));
  }

  @Test
  void symbolsAreAsWideAsTheirLetters() throws IOException {
    assertThat(lines("canary", new Style(false, true)))
        .anySatisfy(line -> assertThat(line).startsWith("  …  labels").contains("░░░░█┃░░░░░"))
        .anySatisfy(line -> assertThat(line).startsWith("  !  score").contains("░░░░░┃█████"));
  }

  private static List<String> lines(String name, Style style) throws IOException {
    return StatusView.lines(Golden.deployment(name), NOW, style);
  }
}
