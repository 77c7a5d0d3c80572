package dev.firstday.cli.model;

import dev.firstday.api.Model;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.ClusterOptions;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firstday model lineage}. */
@Command(
    name = "lineage",
    description = "Shows what a version was made from, by digest, and who serves it.")
final class LineageCommand implements Callable<Integer> {
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

  @Mixin private ClusterOptions where;

  @Option(names = "--json", description = "Print the version as JSON.")
  private boolean json;

  LineageCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    try (Cluster cluster = where.find(checkout)) {
      ModelVersion version = version(cluster.get(Model.class, name));
      if (json) {
        output.line(Serialization.asJson(version));
      } else {
        output.lines(
            LineageView.lines(
                name,
                version,
                Neighbours.of(cluster, name),
                Clock.systemUTC().instant(),
                output.style()));
      }
      return 0;
    } catch (CommandFailure e) {
      return output.failed("model lineage", e);
    }
  }

  private ModelVersion version(Model model) throws CommandFailure {
    ModelStatus status = model.getStatus();
    List<ModelVersion> versions = status == null ? List.of() : Versions.of(status);
    if (versions.isEmpty()) {
      throw new CommandFailure(
          "Model %s has no version yet: a TrainingJob whose model is %s gives it one"
              .formatted(name, name));
    }
    if (number == null) {
      return Objects.requireNonNullElse(status.newest(), versions.get(0));
    }
    return versions.stream()
        .filter(version -> version.number().equals(number))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    "Model %s has no version %d; its status names %s"
                        .formatted(
                            name,
                            number,
                            versions.stream()
                                .map(version -> String.valueOf(version.number()))
                                .collect(Collectors.joining(", ")))));
  }
}
