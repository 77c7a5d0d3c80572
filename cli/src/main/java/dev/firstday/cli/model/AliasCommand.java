package dev.firstday.cli.model;

import dev.firstday.api.Alias;
import dev.firstday.api.Model;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.HelpOption;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code firstday model alias}. */
@Command(
    name = "alias",
    description = {
      "Names a version, or moves a name to it; Deployments with track: ALIAS follow.",
      "Where the Model is kept in git, write spec.aliases there instead."
    })
final class AliasCommand implements Callable<Integer> {
  private final Path checkout;

  @Mixin private NamedModel named;

  @Parameters(index = "1", paramLabel = "ALIAS", description = "As champion.")
  private String alias;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "The version's number. Left out: the alias is taken away.")
  private Integer number;

  @Mixin private HelpOption help;

  AliasCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    return named.look(checkout, "model alias", this::move);
  }

  private int move(Model model, Cluster cluster, Output output) throws CommandFailure {
    if (number != null) {
      Versions.chosen(model, number);
    }
    cluster.merge(
        Model.class, named.name(), Map.of("spec", Map.of("aliases", moved(model, alias, number))));
    output.line(
        number == null
            ? "%s has no alias %s".formatted(named.name(), alias)
            : "%s of %s is version %d".formatted(alias, named.name(), number));
    return 0;
  }

  /**
   * The aliases as they are to be.
   *
   * @param number null: without that alias
   */
  static List<Alias> moved(Model model, String alias, Integer number) {
    List<Alias> others =
        model.getSpec().aliases() == null
            ? List.of()
            : model.getSpec().aliases().stream().filter(a -> !a.name().equals(alias)).toList();
    return number == null
        ? others
        : Stream.concat(others.stream(), Stream.of(new Alias(alias, number))).toList();
  }
}
