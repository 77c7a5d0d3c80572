package dev.firstday.cli.rollout;

import dev.firstday.api.RolloutCommand;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.ClusterOptions;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firstday rollout approve} and the other commands that act: one class, a word each. */
@Command(
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the operator obeyed, or --no-wait: it was asked",
      "1:it refused, or nobody answered",
      "2:wrong usage"
    })
final class TellCommand implements Callable<Integer> {
  private final RolloutCommand command;
  private final Path checkout;

  @Parameters(paramLabel = "NAME", description = "The Deployment.")
  private String name;

  @Mixin private ClusterOptions where;

  @Option(names = "--no-wait", description = "Ask, and do not wait for what comes of it.")
  private boolean noWait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "Wait no longer than this for the operator (${DEFAULT-VALUE}).")
  private long timeoutSeconds;

  private TellCommand(RolloutCommand command, Path checkout) {
    this.command = command;
    this.checkout = checkout;
  }

  static CommandLine of(RolloutCommand command, Path checkout) {
    CommandLine line = new CommandLine(new TellCommand(command, checkout));
    line.getCommandSpec().name(command.word()).usageMessage().description(description(command));
    return line;
  }

  private static String description(RolloutCommand command) {
    return switch (command) {
      case APPROVE -> "Lets the next step begin, which waits for an approval.";
      case PROMOTE -> "Promotes the candidate now, whatever its checks say.";
      case ROLLBACK ->
          "Rolls the candidate back: the stable version answers every request. Without a candidate, the stable version"
              + " gives way to the one before it, while that one's pods stay (spec.rollout.rollbackWindow).";
      case RETRY -> "Tries the version again that was rolled back.";
      case PAUSE -> "Keeps the candidate where it is; a check that fails still rolls it back.";
      case RESUME -> "Lets the rollout go on after a pause.";
    };
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    try (Cluster cluster = where.find(checkout)) {
      return tell(cluster, output);
    } catch (CommandFailure e) {
      return output.failed("rollout " + command.word(), e);
    }
  }

  int tell(Cluster cluster, Output output) throws CommandFailure {
    Messenger messenger = new Messenger(cluster, name);
    Messenger.Sent asked = messenger.send(command, Clock.systemUTC().instant());
    if (noWait) {
      output.line("Asked; firstday rollout status " + name + " tells what comes of it");
      return 0;
    }
    Reply reply = messenger.await(asked, Duration.ofSeconds(timeoutSeconds));
    if (!reply.obeyed()) {
      throw new CommandFailure(reply.words());
    }
    output.line(reply.words());
    return 0;
  }
}
