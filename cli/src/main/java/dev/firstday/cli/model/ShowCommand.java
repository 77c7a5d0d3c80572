package dev.firstday.cli.model;

import dev.firstday.api.Model;
import dev.firstday.api.ModelVersion;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.HelpOption;
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

/** {@code firstday model show}. */
@Command(
    name = "show",
    description = "Shows the versions of a model, who serves them, and how one of them scores.")
final class ShowCommand implements Callable<Integer> {
  private final Path checkout;

  @Mixin private NamedModel named;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "The number of the version whose evaluation is shown. Left out: the newest.")
  private Integer number;

  @Mixin private HelpOption help;

  @Option(names = "--json", description = "Print the status as JSON.")
  private boolean json;

  ShowCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    return named.look(checkout, "model show", this::show);
  }

  private int show(Model model, Cluster cluster, Output output) throws CommandFailure {
    if (json) {
      output.line(Serialization.asJson(model.getStatus()));
    } else {
      output.lines(
          StatusView.lines(
              model,
              shown(model),
              Neighbours.of(cluster, named.name(), output::note),
              Clock.systemUTC().instant(),
              output.style()));
    }
    return 0;
  }

  /** A model without a version has other things to say than that. */
  private ModelVersion shown(Model model) throws CommandFailure {
    boolean none = model.getStatus() == null || model.getStatus().newest() == null;
    return none && number == null ? null : Versions.chosen(model, number);
  }
}
