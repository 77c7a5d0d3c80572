package dev.firstday.cli.rollout;

import dev.firstday.api.ModelDeployment;
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

/** {@code firstday rollout status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows how far a rollout is, what its checks say, and what was rolled back.")
final class StatusCommand implements Callable<Integer> {
  private final Path checkout;

  @Parameters(paramLabel = "NAME", description = "The Deployment.")
  private String name;

  @Mixin private ClusterOptions where;

  @Option(names = "--json", description = "Print the status as JSON.")
  private boolean json;

  StatusCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    try (Cluster cluster = where.find(checkout)) {
      ModelDeployment deployment = cluster.get(ModelDeployment.class, name);
      if (json) {
        output.line(Serialization.asJson(deployment.getStatus()));
      } else {
        output.lines(StatusView.lines(deployment, Clock.systemUTC().instant(), output.style()));
      }
      return 0;
    } catch (CommandFailure e) {
      return output.failed("rollout status", e);
    }
  }
}
