package dev.firstday.cli.captures;

import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.capture.CaptureDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firstday captures show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Shows one captured request, the answers of both versions, and where they differ.",
      "S3 is reached as by captures list."
    })
final class ShowCommand implements Callable<Integer> {
  private final Path checkout;

  @Mixin private Captured captured;

  @Parameters(
      index = "1",
      paramLabel = "ID",
      description = "Its X-Request-Id, as a rollout's status and captures list name it.")
  private String id;

  @Option(names = "--json", description = "Print it as it lies in S3.")
  private boolean json;

  ShowCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    try {
      return captured.look(checkout, output, (shelf, cluster) -> show(shelf, cluster, output));
    } catch (CommandFailure e) {
      return output.failed("captures show", e);
    }
  }

  private int show(Shelf shelf, Cluster cluster, Output output) throws CommandFailure {
    Optional<CaptureDocument> found = shelf.find(id);
    if (found.isEmpty()) {
      throw captured.nothing("no request '%s'".formatted(id), cluster);
    }
    CaptureDocument document = found.get();
    if (json) {
      output.line(Contract.write(document));
    } else {
      output.lines(RequestView.lines(captured.deployment(), document, output.style()));
    }
    return 0;
  }
}
