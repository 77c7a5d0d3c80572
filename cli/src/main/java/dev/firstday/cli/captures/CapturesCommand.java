package dev.firstday.cli.captures;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code firstday captures}. */
@Command(
    name = "captures",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Looks at the requests to a Deployment that were captured, with their answers.")
public final class CapturesCommand {
  private CapturesCommand() {}

  /**
   * @param checkout in whose .firstday the local cluster keeps its state
   */
  public static CommandLine of(Path checkout) {
    return new CommandLine(new CapturesCommand())
        .addSubcommand(new ListCommand(checkout))
        .addSubcommand(new ShowCommand(checkout));
  }
}
