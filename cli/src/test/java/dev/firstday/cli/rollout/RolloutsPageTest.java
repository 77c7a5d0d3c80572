package dev.firstday.cli.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the page for users shows is what the commands print. */
class RolloutsPageTest {
  private static final Path PAGE = Path.of("../docs/rollouts.md");

  @Test
  void theStatusOnThePageIsTheOneThatIsPrinted() throws IOException {
    assertThat(Files.readString(PAGE))
        .contains(Files.readString(Golden.FOLDER.resolve("canary.txt")));
  }

  @Test
  void theWatchedLinesOnThePageArePrintedSo() throws IOException {
    assertThat(Files.readAllLines(PAGE).stream().filter(line -> line.matches("\\d\\d:.*")))
        .isNotEmpty()
        .isSubsetOf(Files.readAllLines(Golden.FOLDER.resolve("watch.txt")));
  }
}
