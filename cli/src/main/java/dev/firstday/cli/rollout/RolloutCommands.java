package dev.firstday.cli.rollout;

import dev.firstday.api.RolloutCommand;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code firstday rollout}. */
@Command(
    name = "rollout",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Looks at the rollout of a Deployment, and has a say in it: on the local cluster, or where KUBECONFIG"
            + " points.")
public final class RolloutCommands {
  private RolloutCommands() {}

  /**
   * @param checkout in whose .firstday the local cluster keeps its state
   */
  public static CommandLine of(Path checkout) {
    CommandLine commands =
        new CommandLine(new RolloutCommands())
            .addSubcommand(new StatusCommand(checkout))
            .addSubcommand(new WatchCommand(checkout));
    for (RolloutCommand command : RolloutCommand.values()) {
      commands.addSubcommand(command.word(), TellCommand.of(command, checkout));
    }
    return commands;
  }
}
