package dev.firstday.cli.captures;

import dev.firstday.api.ModelDeployment;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.capture.CaptureDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firstday captures list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists captured requests, newest first: when, which versions answered what, and what was wrong.",
      "On a cluster S3 is reached with the credentials of AWS_ACCESS_KEY_ID and"
          + " AWS_SECRET_ACCESS_KEY, or AWS's usual ones, in FIRSTDAY_S3_BUCKET at"
          + " FIRSTDAY_S3_ENDPOINT, or AWS's own."
    })
final class ListCommand implements Callable<Integer> {
  private static final String LIMIT = "20";

  private final Path checkout;

  @Mixin private Captured captured;

  @Option(
      names = "--why",
      paramLabel = "CHECK",
      description =
          "Only those that failed this check, as disagreement or errors; sampled: those drawn at random.")
  private String why;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = LIMIT,
      description = "How many at most. Left out: " + LIMIT + ".")
  private int limit;

  @Option(names = "--json", description = "Print a line of JSON for each.")
  private boolean json;

  ListCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    try {
      return captured.look(checkout, output, (shelf, cluster) -> list(shelf, cluster, output));
    } catch (CommandFailure e) {
      return output.failed("captures list", e);
    }
  }

  private int list(Shelf shelf, Cluster cluster, Output output) throws CommandFailure {
    if (limit < 1) {
      throw new CommandFailure("--limit has to be at least 1");
    }
    List<CaptureDocument> newest = shelf.newest(limit, this::isWanted);
    if (newest.isEmpty()) {
      if (why != null) {
        Causes.known(why, cluster.get(ModelDeployment.class, captured.deployment()));
      }
      throw captured.nothing(
          why == null ? "no request" : "no request with '%s'".formatted(why), cluster);
    }
    if (json) {
      newest.forEach(document -> output.line(Contract.write(document)));
    } else {
      output.lines(ListView.lines(captured.deployment(), newest, output.style()));
    }
    return 0;
  }

  private boolean isWanted(CaptureDocument document) {
    return why == null || document.why() != null && document.why().contains(why);
  }
}
