package dev.firstday.cli.model;

import dev.firstday.api.Model;
import dev.firstday.api.ModelVersion;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.HelpOption;
import dev.firstday.cli.cluster.ObjectAddress;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.cli.terminal.Words;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firstday model report}. */
@Command(
    name = "report",
    description = {
      "Fetches the report of a version from S3: one HTML file.",
      "On a cluster S3 is reached with the credentials of AWS_ACCESS_KEY_ID and"
          + " AWS_SECRET_ACCESS_KEY, or AWS's usual ones, at FIRSTDAY_S3_ENDPOINT, or AWS's own."
    })
final class ReportCommand implements Callable<Integer> {
  private static final int MAX_BYTES = 16 << 20;

  private final Path checkout;

  @Mixin private NamedModel named;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "The version's number. Left out: the newest.")
  private Integer number;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where it is written. Left out: NAME-VERSION.html in this folder.")
  private Path file;

  @Mixin private HelpOption help;

  ReportCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    return named.look(checkout, "model report", this::fetch);
  }

  private int fetch(Model model, Cluster cluster, Output output)
      throws IOException, CommandFailure {
    ModelVersion version = Versions.chosen(model, number);
    byte[] report = fetch(address(version));
    Path target = file == null ? Path.of(named.name() + "-" + version.number() + ".html") : file;
    Files.write(target, report);
    output.line("%s: %s".formatted(target, Words.bytes(report.length)));
    return 0;
  }

  private static ObjectAddress address(ModelVersion version) throws CommandFailure {
    if (version.evaluation() == null || version.evaluation().report() == null) {
      throw new CommandFailure(
          "the Model's status does not say where the report of version %d lies; the manifest does, objects/sha256/%s, among its files"
              .formatted(version.number(), version.digest()));
    }
    String report = version.evaluation().report();
    return ObjectAddress.of(report)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "the Model's status names %s as the report of version %d, and that is no object of S3"
                        .formatted(Words.plain(report), version.number())));
  }

  private byte[] fetch(ObjectAddress address) throws IOException, CommandFailure {
    try (Store store = Store.open(named.where().storage(checkout, address), address.namespace())) {
      return store.objects().read(address.digest(), MAX_BYTES);
    } catch (StoreException e) {
      throw new CommandFailure(
          "the report cannot be fetched: %s. This command takes AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and %s from its environment"
              .formatted(e.getMessage(), PodEnvironment.S3_ENDPOINT),
          e);
    }
  }
}
