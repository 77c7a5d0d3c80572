package dev.firstday.cli.model;

import dev.firstday.api.Alias;
import dev.firstday.api.Model;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.HelpOption;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.contract.Names;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firstday model alias}. */
@Command(
    name = "alias",
    description = {
      "Shows which version an alias names; with a version, moves it there: Deployments with track: ALIAS follow.",
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
      description = "The version's number. Left out: the alias is shown.")
  private Integer number;

  @Option(names = "--remove", description = "Take the alias away.")
  private boolean remove;

  @Mixin private HelpOption help;

  AliasCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    return named.look(checkout, "model alias", this::tell);
  }

  private int tell(Model model, Cluster cluster, Output output) throws CommandFailure {
    if (remove && number != null) {
      throw new CommandFailure("give a version or --remove, and not both");
    }
    if (number != null) {
      Versions.chosen(model, number);
    } else {
      int version = versionOf(model, alias);
      if (!remove) {
        output.line("%s of %s is version %d".formatted(alias, named.name(), version));
        return 0;
      }
    }
    cluster.merge(
        Model.class, named.name(), Map.of("spec", Map.of("aliases", moved(model, alias, number))));
    output.line(
        number == null
            ? "%s has no alias %s any more".formatted(named.name(), alias)
            : "%s of %s is version %d".formatted(alias, named.name(), number));
    return 0;
  }

  /**
   * @throws CommandFailure when the Model has no such alias
   */
  static int versionOf(Model model, String alias) throws CommandFailure {
    List<Alias> aliases = aliases(model);
    List<String> names = aliases.stream().map(Alias::name).toList();
    return aliases.stream()
        .filter(entry -> entry.name().equals(alias))
        .findFirst()
        .map(Alias::version)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "Model %s has no alias %s%s; it has %s"
                        .formatted(
                            model.getMetadata().getName(),
                            alias,
                            Names.hint(alias, names),
                            names.isEmpty() ? "none" : Names.list(names))));
  }

  /**
   * The aliases as they are to be.
   *
   * @param number null: without that alias
   */
  static List<Alias> moved(Model model, String alias, Integer number) {
    List<Alias> others =
        aliases(model).stream().filter(entry -> !entry.name().equals(alias)).toList();
    return number == null
        ? others
        : Stream.concat(others.stream(), Stream.of(new Alias(alias, number))).toList();
  }

  private static List<Alias> aliases(Model model) {
    return model.getSpec() == null || model.getSpec().aliases() == null
        ? List.of()
        : model.getSpec().aliases();
  }
}
