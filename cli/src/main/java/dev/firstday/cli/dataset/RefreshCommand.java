package dev.firstday.cli.dataset;

import dev.firstday.api.Dataset;
import dev.firstday.api.Firstday;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.ClusterOptions;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code firstday dataset refresh}. */
@Command(
    name = "refresh",
    mixinStandardHelpOptions = true,
    description =
        "Asks for a look at the files: new ones make a new version, and without any the checks run again.")
final class RefreshCommand implements Callable<Integer> {
  private final Path checkout;

  @Parameters(paramLabel = "NAME", description = "The Dataset.")
  private String name;

  @Mixin private ClusterOptions where;

  RefreshCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    try (Cluster cluster = where.find(checkout)) {
      Dataset dataset = cluster.get(Dataset.class, name);
      cluster.annotate(
          Dataset.class,
          name,
          Firstday.REFRESH_ANNOTATION,
          Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString());
      output.line(
          Boolean.TRUE.equals(dataset.getSpec().suspend())
              ? name + " is suspended: it is refreshed when spec.suspend is gone"
              : "Asked; firstday dataset show " + name + " tells what comes of it");
      return 0;
    } catch (CommandFailure e) {
      return output.failed("dataset refresh", e);
    }
  }
}
