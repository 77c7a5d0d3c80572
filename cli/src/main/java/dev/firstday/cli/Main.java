package dev.firstday.cli;

import dev.firstday.cli.demo.DemoCommand;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code firstday}. */
@Command(
    name = "firstday",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Puts a machine-learning model into production on your first day.")
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Path checkout = Path.of(System.getProperty("firstday.checkout", "."));
    System.exit(
        new CommandLine(new Main()).addSubcommand(new DemoCommand(checkout)).execute(arguments));
  }
}
