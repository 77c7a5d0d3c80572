package dev.firstday.cli.model;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code firstday model}. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Looks at a model on a cluster: on the local one, or where KUBECONFIG points.")
public final class ModelCommand {
  private ModelCommand() {}

  /**
   * @param checkout in whose .firstday the local cluster keeps its state
   */
  public static CommandLine of(Path checkout) {
    return new CommandLine(new ModelCommand())
        .addSubcommand(new ShowCommand(checkout))
        .addSubcommand(new LineageCommand(checkout))
        .addSubcommand(new VerifyCommand(checkout))
        .addSubcommand(new ReproduceCommand(checkout))
        .addSubcommand(new SignCommand(checkout))
        .addSubcommand(new DownloadCommand(checkout))
        .addSubcommand(new AliasCommand(checkout))
        .addSubcommand(new ReportCommand(checkout));
  }
}
