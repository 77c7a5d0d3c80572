package dev.firstday.cli.dataset;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code firstday dataset}. */
@Command(
    name = "dataset",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Looks at a data set on a cluster: on the local one, or where KUBECONFIG points.")
public final class DatasetCommand {
  private DatasetCommand() {}

  /**
   * @param checkout in whose .firstday the local cluster keeps its state
   */
  public static CommandLine of(Path checkout) {
    return new CommandLine(new DatasetCommand())
        .addSubcommand(new ShowCommand(checkout))
        .addSubcommand(new RefreshCommand(checkout));
  }
}
