package dev.firstday.cli.model;

import dev.firstday.api.Model;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.HelpOption;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.sdk.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firstday model download}. */
@Command(
    name = "download",
    description = {
      "Writes a version's files and its manifest into a folder, each held against its sha256.",
      "Signed there with model_signing sign key (PyPI: model-signing), the signature is stored by firstday model sign"
          + " --signature.",
      "S3 is reached as by firstday push."
    })
final class DownloadCommand implements Callable<Integer> {
  private final Path checkout;

  @Mixin private NamedModel named;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      required = true,
      description = "The version's number.")
  private int number;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "The folder, which is made, or empty.")
  private Path folder;

  @Mixin private HelpOption help;

  DownloadCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    return named.look(checkout, "model download", this::download);
  }

  private int download(Model model, Cluster cluster, Output output)
      throws IOException, CommandFailure {
    output.line(named.inStore(checkout, cluster, store -> written(model, store)));
    return 0;
  }

  /** Writes the files, and says so. */
  String written(Model model, Store store) throws IOException, CommandFailure {
    requireEmpty();
    StoredVersion version = StoredVersion.of(model, number, store);
    version.write(store, folder);
    return "version %d of %s: %d files in %s"
        .formatted(number, named.name(), version.files().digests().size(), folder);
  }

  private void requireEmpty() throws IOException, CommandFailure {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure("%s is no folder".formatted(folder));
    }
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        throw new CommandFailure(
            "%s is not empty: what lies there would be taken for a part of the version"
                .formatted(folder));
      }
    }
  }
}
