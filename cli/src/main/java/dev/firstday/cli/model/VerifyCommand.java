package dev.firstday.cli.model;

import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.ModelStatus;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.ClusterOptions;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firstday model verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every version is as it was recorded, and signed where that is required",
      "1:one is not, or it could not be found out",
      "2:wrong usage"
    },
    description =
        "Asks for the signature of every listed version where spec.signing wants one, hashes every file, loads each version in the server image and asks it the rows"
            + " whose answers were recorded at training.")
final class VerifyCommand implements Callable<Integer> {
  private final Path checkout;

  @Parameters(paramLabel = "NAME", description = "The Model.")
  private String name;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long to wait for the answer. Left out: ${DEFAULT-VALUE}.")
  private long timeoutSeconds;

  @Mixin private ClusterOptions where;

  VerifyCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    Clock clock = Clock.systemUTC();
    try (Cluster cluster = where.find(checkout)) {
      cluster.get(Model.class, name);
      String asked = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
      cluster.annotate(Model.class, name, Firstday.VERIFY_ANNOTATION, asked);
      ModelStatus status = await(cluster, asked);
      output.lines(HealthView.lines(status, clock.instant(), output.style()));
      return HealthView.isSound(status) ? 0 : 1;
    } catch (CommandFailure e) {
      return output.failed("model verify", e);
    }
  }

  private ModelStatus await(Cluster cluster, String asked) throws CommandFailure {
    try {
      return cluster
          .resource(Model.class, name)
          .waitUntilCondition(model -> isDone(model, asked), timeoutSeconds, TimeUnit.SECONDS)
          .getStatus();
    } catch (KubernetesClientTimeoutException e) {
      throw new CommandFailure(
          "no answer within %d s; firstday model show %s tells what is going on"
              .formatted(timeoutSeconds, name),
          e);
    } catch (KubernetesClientException e) {
      throw cluster.away(e);
    }
  }

  private static boolean isDone(Model model, String asked) {
    return model != null && model.getStatus() != null && asked.equals(model.getStatus().verified());
  }
}
