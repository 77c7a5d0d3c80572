package dev.firstday.cli.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelDeployment;
import dev.firstday.cli.terminal.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person sees who follows: {@code watch.txt} is told of one state after the other. */
class WatchViewTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void changesAreTold() throws IOException {
    List<String> lines = new ArrayList<>();
    ModelDeployment before = null;
    int minute = 0;
    for (String name : List.of("unseen", "shadow", "canary", "awaiting", "stable", "rolled-back")) {
      ModelDeployment now = Golden.deployment(name);
      lines.addAll(WatchView.lines(before, now, NOON.plusSeconds(60L * minute++), Style.PLAIN));
      before = now;
    }

    assertThat(String.join("\n", lines) + "\n")
        .isEqualTo(Files.readString(Golden.FOLDER.resolve("watch.txt")));
  }

  @Test
  void countsAloneAreNoChange() throws IOException {
    assertThat(
            WatchView.lines(
                Golden.deployment("canary"), Golden.deployment("canary"), NOON, Style.PLAIN))
        .isEmpty();
  }
}
