package dev.firstday.cli.model;

import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.Reproduction;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.HelpOption;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Mixin private NamedModel named;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "The version's number. Left out: the newest.")
  private Integer number;

  @Mixin private HelpOption help;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "3600",
      description = "How long to wait for the answer. Left out: ${DEFAULT-VALUE}.")
  private long timeoutSeconds;

  ReproduceCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    return named.look(checkout, "model reproduce", this::reproduce);
  }

  private int reproduce(Model model, Cluster cluster, Output output) throws CommandFailure {
    ModelVersion version = Versions.chosen(model, number);
    String asked =
        version.number() + " " + Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    cluster.annotate(Model.class, named.name(), Firstday.REPRODUCE_ANNOTATION, asked);
    Reproduction done =
        named
            .await(
                cluster,
                status ->
                    status.reproduction() != null && asked.equals(status.reproduction().asked()),
                timeoutSeconds)
            .reproduction();
    output.line(
        "version %d: %s"
            .formatted(
                done.version(),
                output.style().paint(done.succeeded() ? Paint.GOOD : Paint.BAD, done.verdict())));
    output.lines(Words.wrap("  ", Words.plain(done.message())));
    return done.succeeded() ? 0 : 1;
  }
}
