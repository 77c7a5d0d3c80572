package dev.firstday.cli.readiness;

import dev.firstday.api.ReadinessTest;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.ClusterOptions;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firstday readiness}. */
@Command(
    name = "readiness",
    mixinStandardHelpOptions = true,
    description =
        "Shows how a namespace scores against the nine points of the ML Joel test, with the evidence of each.")
public final class ReadinessCommand implements Callable<Integer> {
  private final Path checkout;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The ReadinessTest. Left out: the only one of the namespace.")
  private String name;

  @Mixin private ClusterOptions where;

  @Option(names = "--json", description = "Print the status as JSON.")
  private boolean json;

  /**
   * @param checkout in whose .firstday the local cluster keeps its state
   */
  public ReadinessCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    try (Cluster cluster = where.find(checkout)) {
      ReadinessTest test = name == null ? only(cluster) : cluster.get(ReadinessTest.class, name);
      if (json) {
        output.line(Serialization.asJson(test.getStatus()));
      } else {
        output.lines(ReadinessView.lines(test, Clock.systemUTC().instant(), output.style()));
      }
      return 0;
    } catch (CommandFailure e) {
      return output.failed("readiness", e);
    }
  }

  private static ReadinessTest only(Cluster cluster) throws CommandFailure {
    List<ReadinessTest> tests = cluster.all(ReadinessTest.class);
    if (tests.size() == 1) {
      return Cluster.readable(tests.get(0));
    }
    throw new CommandFailure(
        tests.isEmpty()
            ? "there is no ReadinessTest in namespace %s; kubectl apply -f examples/readiness.yaml makes one"
                .formatted(cluster.namespace())
            : "there are several ReadinessTests in namespace %s; say which: %s"
                .formatted(
                    cluster.namespace(),
                    String.join(
                        ", ", tests.stream().map(t -> t.getMetadata().getName()).toList())));
  }
}
