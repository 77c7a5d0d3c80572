package dev.firstday.cli.rollout;

import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.ClusterOptions;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code firstday rollout watch}. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the version that is wanted serves",
      "1:it was rolled back, it failed, or there is nothing to follow",
      "2:wrong usage"
    },
    description =
        "Follows a rollout to its end: a line for each change of phase, stage, step or verdict.")
final class WatchCommand implements Callable<Integer> {
  private final Path checkout;

  @Parameters(paramLabel = "NAME", description = "The Deployment.")
  private String name;

  @Mixin private ClusterOptions where;

  WatchCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    try (Cluster cluster = where.find(checkout)) {
      return new RolloutWatch(cluster, Clock.systemUTC(), output).follow(name) == Ending.GOOD
          ? 0
          : 1;
    } catch (CommandFailure e) {
      return output.failed("rollout watch", e);
    }
  }
}
