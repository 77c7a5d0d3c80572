package dev.firstday.cli.push;

import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobSpec.Code;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.ClusterOptions;
import dev.firstday.cli.cluster.HelpOption;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firstday push}. */
@Command(
    name = "push",
    description = {
      "Uploads a jar with a model's class under its sha256, and has a training job pin it.",
      "On a cluster S3 is reached with the credentials of AWS_ACCESS_KEY_ID and"
          + " AWS_SECRET_ACCESS_KEY, or AWS's usual ones, in FIRSTDAY_S3_BUCKET at"
          + " FIRSTDAY_S3_ENDPOINT, or AWS's own."
    })
public final class PushCommand implements Callable<Integer> {
  private final Path checkout;

  @Parameters(paramLabel = "JAR", description = "As target/model.jar.")
  private Path jar;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description =
          "The class that implements Model, with its package. Left out: the one that the training job"
              + " names.")
  private String className;

  @Option(
      names = "--to",
      paramLabel = "TRAININGJOB",
      description =
          "The TrainingJob whose spec.code becomes this one, which begins a run. Left out: what to write there is"
              + " printed.")
  private String trainingJob;

  @Mixin private HelpOption help;

  @Mixin private ClusterOptions where;

  /**
   * @param checkout in whose .firstday the local cluster keeps its state
   */
  public PushCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Output output = Output.ofThisProcess();
    try (Cluster cluster = where.find(checkout)) {
      ModelJar model = ModelJar.of(jar, chosenClass(cluster));
      boolean sent = upload(model, cluster.namespace());
      output.line("%s: sha256 %s%s".formatted(jar, model.sha256(), sent ? "" : ", there already"));
      Code code = new Code(model.key(), model.sha256(), model.className());
      if (trainingJob == null) {
        output.line(
            "spec: {code: {jar: %s, sha256: %s, className: %s}}"
                .formatted(code.jar(), code.sha256(), code.className()));
      } else {
        cluster.merge(TrainingJob.class, trainingJob, Map.of("spec", Map.of("code", code)));
        output.line(
            "TrainingJob %s has it; firstday training watch %s follows"
                .formatted(trainingJob, trainingJob));
      }
      return 0;
    } catch (CommandFailure e) {
      return output.failed("push", e);
    }
  }

  private String chosenClass(Cluster cluster) throws CommandFailure {
    Code known =
        trainingJob == null ? null : cluster.get(TrainingJob.class, trainingJob).getSpec().code();
    if (trainingJob != null && known == null) {
      throw new CommandFailure(
          "TrainingJob %s declares its network; edit it to have code in its place"
              .formatted(trainingJob));
    }
    if (className == null && known == null) {
      throw new CommandFailure("--class is missing: the class that implements Model");
    }
    return className == null ? known.className() : className;
  }

  private boolean upload(ModelJar model, String namespace) throws IOException, CommandFailure {
    try (Store store = Store.open(where.storage(checkout), namespace)) {
      return store.files().put(model.key(), model.file());
    } catch (StoreException e) {
      throw new CommandFailure(
          "%s cannot be uploaded: %s".formatted(model.file(), e.getMessage()), e);
    }
  }
}
