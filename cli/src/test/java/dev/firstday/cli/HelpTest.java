package dev.firstday.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpTest {

  /** A line may end behind the dot of {@code .firstday}, which reads as the end of a sentence. */
  @Test
  void noFileIsCutInTwoBehindItsDot() {
    all(Main.commands(Path.of(".")))
        .filter(command -> !command.getCommandSpec().name().equals("completion"))
        .forEach(
            command ->
                assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF).lines())
                    .as(command.getCommandSpec().qualifiedName())
                    .noneMatch(line -> line.matches(".*\\s[*]?[.]")));
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::all));
  }
}
