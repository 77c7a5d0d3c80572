package dev.firstday.cli.model;

import dev.firstday.api.Model;
import dev.firstday.api.ModelVersion;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.HelpOption;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.contract.Contract;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firstday model lineage}. */
@Command(
    name = "lineage",
    description = {
      "Shows what a version was made from, by digest, and who serves it.",
      "With --stored S3 is reached as by firstday push."
    })
final class LineageCommand implements Callable<Integer> {
  private final Path checkout;

  @Mixin private NamedModel named;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "The version's number. Left out: the newest.")
  private Integer number;

  @Option(
      names = "--stored",
      description =
          "Read the manifests in S3, too: image, libraries, seed, the network to begin with, and the data set's source files.")
  private boolean stored;

  @Mixin private HelpOption help;

  @Option(names = "--json", description = "Print the version as JSON.")
  private boolean json;

  LineageCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    return named.look(checkout, "model lineage", this::show);
  }

  private int show(Model model, Cluster cluster, Output output) throws IOException, CommandFailure {
    ModelVersion version = Versions.chosen(model, number);
    Optional<StoredLineage> manifests =
        stored
            ? Optional.of(
                named.inStore(checkout, cluster, store -> StoredLineage.of(version, store)))
            : Optional.empty();
    if (json) {
      output.line(manifests.map(Contract::write).orElseGet(() -> Serialization.asJson(version)));
    } else {
      output.lines(
          LineageView.lines(
              named.name(),
              version,
              Neighbours.of(cluster, named.name(), output::note),
              manifests,
              Clock.systemUTC().instant(),
              output.style()));
    }
    return 0;
  }
}
