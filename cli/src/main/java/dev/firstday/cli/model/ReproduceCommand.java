package dev.firstday.cli.model;

import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.Reproduction;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.ClusterOptions;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Words;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firstday model reproduce}. */
@Command(
    name = "reproduce",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the same weights, or metrics within the recorded intervals",
      "1:neither, or it could not be found out",
      "2:wrong usage"
    },
    description =
        "Trains a version once more from what its manifest pins (data, code, parameters, seed) and compares the"
            + " weights, or else the metrics. Nothing is recorded.")
final class ReproduceCommand implements Callable<Integer> {
  private final Path checkout;

  @Parameters(paramLabel = "NAME", description = "The Model.")
  private String name;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "The version's number. Left out: the newest.")
  private Integer number;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "3600",
      description = "How long to wait for the answer. Left out: ${DEFAULT-VALUE}.")
  private long timeoutSeconds;

  @Mixin private ClusterOptions where;

  ReproduceCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    try (Cluster cluster = where.find(checkout)) {
      ModelVersion version = Versions.chosen(cluster.get(Model.class, name), number);
      String asked =
          version.number() + " " + Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
      cluster.annotate(Model.class, name, Firstday.REPRODUCE_ANNOTATION, asked);
      Reproduction done = await(cluster, asked);
      output.line(
          "version %d: %s"
              .formatted(
                  done.version(),
                  output.style().paint(done.succeeded() ? Paint.GOOD : Paint.BAD, done.verdict())));
      output.lines(Words.wrap("  ", Words.plain(done.message())));
      return done.succeeded() ? 0 : 1;
    } catch (CommandFailure e) {
      return output.failed("model reproduce", e);
    }
  }

  private Reproduction await(Cluster cluster, String asked) throws CommandFailure {
    try {
      return cluster
          .resource(Model.class, name)
          .waitUntilCondition(model -> isDone(model, asked), timeoutSeconds, TimeUnit.SECONDS)
          .getStatus()
          .reproduction();
    } catch (KubernetesClientTimeoutException e) {
      throw new CommandFailure(
          "no answer within %d s; firstday model show %s tells what is going on"
              .formatted(timeoutSeconds, name),
          e);
    } catch (KubernetesClientException e) {
      throw cluster.away(e);
    }
  }

  private static boolean isDone(Model model, String asked) {
    return model != null
        && model.getStatus() != null
        && model.getStatus().reproduction() != null
        && asked.equals(model.getStatus().reproduction().asked());
  }
}
