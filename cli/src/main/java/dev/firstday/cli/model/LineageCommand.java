package dev.firstday.cli.model;

import dev.firstday.api.Model;
import dev.firstday.api.ModelVersion;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.ClusterOptions;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
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
      ModelVersion version = Versions.chosen(cluster.get(Model.class, name), number);
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
}
