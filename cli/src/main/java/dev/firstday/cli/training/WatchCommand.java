package dev.firstday.cli.training;

import dev.firstday.api.TrainingJob;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.ClusterOptions;
import dev.firstday.cli.cluster.Sightings;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code firstday training watch}. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:a version was recorded",
      "1:a gate failed, the training failed, or there is nothing to follow",
      "2:wrong usage"
    },
    description =
        "Follows a training to its end: a line for each phase, and how far it has come meanwhile.")
final class WatchCommand implements Callable<Integer> {
  private final Path checkout;

  @Parameters(paramLabel = "NAME", description = "The TrainingJob.")
  private String name;

  @Mixin private ClusterOptions where;

  WatchCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    Clock clock = Clock.systemUTC();
    try (Cluster cluster = where.find(checkout)) {
      TrainingJob last =
          new Sightings<>(cluster, TrainingJob.class, name)
              .follow(
                  (before, now) -> {
                    output.lines(WatchView.lines(before, now, clock.instant(), output.style()));
                    return Ending.of(now) != Ending.NONE;
                  });
      return Ending.of(last) == Ending.GOOD ? 0 : 1;
    } catch (CommandFailure e) {
      return output.failed("training watch", e);
    }
  }
}
