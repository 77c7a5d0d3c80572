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

/** {@code firstday model show}. */
@Command(
    name = "show",
    description = "Shows the versions of a model, who serves them, and how one of them scores.")
final class ShowCommand implements Callable<Integer> {
  private final Path checkout;

  @Parameters(paramLabel = "NAME", description = "The Model.")
  private String name;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "The number of the version whose evaluation is shown. Left out: the newest.")
  private Integer number;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  @Mixin private ClusterOptions where;

  @Option(names = "--json", description = "Print the status as JSON.")
  private boolean json;

  ShowCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    try (Cluster cluster = where.find(checkout)) {
      Model model = cluster.get(Model.class, name);
      if (json) {
        output.line(Serialization.asJson(model.getStatus()));
      } else {
        output.lines(
            StatusView.lines(
                model,
                shown(model),
                Neighbours.of(cluster, name),
                Clock.systemUTC().instant(),
                output.style()));
      }
      return 0;
    } catch (CommandFailure e) {
      return output.failed("model show", e);
    }
  }

  /** A model without a version has other things to say than that. */
  private ModelVersion shown(Model model) throws CommandFailure {
    boolean none = model.getStatus() == null || model.getStatus().newest() == null;
    return none && number == null ? null : Versions.chosen(model, number);
  }
}
