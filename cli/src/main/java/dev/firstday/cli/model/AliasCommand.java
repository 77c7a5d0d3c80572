package dev.firstday.cli.model;

import dev.firstday.api.Alias;
import dev.firstday.api.Model;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.ClusterOptions;
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
import picocli.CommandLine.Option;
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

  @Parameters(index = "0", paramLabel = "NAME", description = "The Model.")
  private String name;

  @Parameters(index = "1", paramLabel = "ALIAS", description = "As champion.")
  private String alias;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "The version's number. Left out: the alias is taken away.")
  private Integer number;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  @Mixin private ClusterOptions where;

  AliasCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    try (Cluster cluster = where.find(checkout)) {
      Model model = cluster.get(Model.class, name);
      if (number != null) {
        Versions.chosen(model, number);
      }
      cluster.merge(
          Model.class, name, Map.of("spec", Map.of("aliases", moved(model, alias, number))));
      output.line(
          number == null
              ? "%s has no alias %s".formatted(name, alias)
              : "%s of %s is version %d".formatted(alias, name, number));
      return 0;
    } catch (CommandFailure e) {
      return output.failed("model alias", e);
    }
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
