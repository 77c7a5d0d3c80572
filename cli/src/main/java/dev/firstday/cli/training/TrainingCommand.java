package dev.firstday.cli.training;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code firstday training}. */
@Command(
    name = "training",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Looks at a training job on a cluster: on the local one, or where KUBECONFIG points.")
public final class TrainingCommand {
  private TrainingCommand() {}

  /**
   * @param checkout in whose .firstday the local cluster keeps its state
   */
  public static CommandLine of(Path checkout) {
    return new CommandLine(new TrainingCommand()).addSubcommand(new WatchCommand(checkout));
  }
}
