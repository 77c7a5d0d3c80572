package dev.firstday.cli;

import dev.firstday.cli.captures.CapturesCommand;
import dev.firstday.cli.completion.CompleteCommand;
import dev.firstday.cli.dataset.CheckCommand;
import dev.firstday.cli.dataset.DatasetCommand;
import dev.firstday.cli.dataset.TestCommand;
import dev.firstday.cli.demo.DemoCommand;
import dev.firstday.cli.model.ModelCommand;
import dev.firstday.cli.odcs.ImportCommand;
import dev.firstday.cli.push.PushCommand;
import dev.firstday.cli.readiness.ReadinessCommand;
import dev.firstday.cli.rollout.RolloutCommands;
import dev.firstday.cli.training.TrainingCommand;
import dev.firstday.cli.why.WhyCommand;
import java.nio.file.Path;
import picocli.AutoComplete.GenerateCompletion;
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
    System.exit(Faults.execute(commands(checkout), arguments));
  }

  /**
   * @param checkout in whose .firstday the local cluster keeps its state
   */
  static CommandLine commands(Path checkout) {
    return new CommandLine(new Main())
        .addSubcommand(new DemoCommand(checkout))
        .addSubcommand(new TestCommand())
        .addSubcommand(new CheckCommand())
        .addSubcommand("dataset", DatasetCommand.of(checkout))
        .addSubcommand("training", TrainingCommand.of(checkout))
        .addSubcommand("model", ModelCommand.of(checkout))
        .addSubcommand(new PushCommand(checkout))
        .addSubcommand("rollout", RolloutCommands.of(checkout))
        .addSubcommand("captures", CapturesCommand.of(checkout))
        .addSubcommand(new WhyCommand(checkout))
        .addSubcommand(new ReadinessCommand(checkout))
        .addSubcommand(new ImportCommand())
        .addSubcommand("completion", new GenerateCompletion())
        .addSubcommand(CompleteCommand.of());
  }
}
