package dev.firstday.cli.why;

import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.ClusterOptions;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code firstday why}. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description =
        "Tells why a resource is as it is: all that it comes from, the link that stops it, and the cure.")
public final class WhyCommand implements Callable<Integer> {
  private final Path checkout;

  @Parameters(
      arity = "1..2",
      paramLabel = "KIND/NAME",
      description =
          "The resource, as deployment/late-arrival. Kinds: deployment (mdep), model (mdl), trainingjob (tj), dataset (dset).")
  private List<String> resource;

  @Mixin private ClusterOptions where;

  /**
   * @param checkout in whose .firstday the local cluster keeps its state
   */
  public WhyCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    try {
      Address address = Address.of(resource);
      try (Cluster cluster = where.find(checkout)) {
        Instant now = Clock.systemUTC().instant();
        Chain chain = Chain.of(address, World.of(cluster), now);
        output.lines(WhyView.lines(chain, now, output.style()));
        chain.unread().forEach(job -> Cluster.unread(job).ifPresent(output::note));
        return 0;
      }
    } catch (CommandFailure e) {
      return output.failed("why", e);
    }
  }
}
