package dev.firstday.cli.model;

import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.ModelStatus;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firstday model verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every version and the data it learnt from are as they were recorded, and signed where that is required",
      "1:one is not, or it could not be found out",
      "2:wrong usage"
    },
    description =
        "Asks for the signature of every listed version where spec.signing wants one, hashes every file, loads each version in the server image and asks it the rows"
            + " whose answers were recorded at training. The data set's manifest and both splits that a version learnt from are hashed, too.")
final class VerifyCommand implements Callable<Integer> {
  private final Path checkout;

  @Mixin private NamedModel named;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long to wait for the answer. Left out: ${DEFAULT-VALUE}.")
  private long timeoutSeconds;

  VerifyCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    return named.look(checkout, "model verify", this::verify);
  }

  private int verify(Model model, Cluster cluster, Output output) throws CommandFailure {
    Clock clock = Clock.systemUTC();
    String asked = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    cluster.annotate(Model.class, named.name(), Firstday.VERIFY_ANNOTATION, asked);
    ModelStatus status = named.await(cluster, now -> asked.equals(now.verified()), timeoutSeconds);
    output.lines(HealthView.lines(status, clock.instant(), output.style()));
    return HealthView.isSound(status) ? 0 : 1;
  }
}
