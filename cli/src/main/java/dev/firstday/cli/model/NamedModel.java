package dev.firstday.cli.model;

import dev.firstday.api.Model;
import dev.firstday.api.ModelStatus;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.ClusterOptions;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which Model: what all commands about one are told. */
final class NamedModel {
  @Parameters(index = "0", paramLabel = "NAME", description = "The Model.")
  private String name;

  @Mixin private ClusterOptions where;

  String name() {
    return name;
  }

  ClusterOptions where() {
    return where;
  }

  /** What a command makes of it; gives the exit code. */
  interface Look {
    int at(Model model, Cluster cluster, Output output) throws IOException, CommandFailure;
  }

  /**
   * @param command whose failure it would be, as {@code model show}
   * @return the exit code
   */
  int look(Path checkout, String command, Look look) throws IOException {
    Output output = Output.ofThisProcess();
    try (Cluster cluster = where.find(checkout)) {
      return look.at(cluster.get(Model.class, name), cluster, output);
    } catch (CommandFailure e) {
      return output.failed(command, e);
    }
  }

  /**
   * Its status, once that is so.
   *
   * @throws CommandFailure when it is not within that time
   */
  ModelStatus await(Cluster cluster, Predicate<ModelStatus> reached, long timeoutSeconds)
      throws CommandFailure {
    try {
      return cluster
          .resource(Model.class, name)
          .waitUntilCondition(
              model ->
                  model != null && model.getStatus() != null && reached.test(model.getStatus()),
              timeoutSeconds,
              TimeUnit.SECONDS)
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

  /** What a command makes of what lies in S3. */
  interface InStore<T> {
    T from(Store store) throws IOException, CommandFailure;
  }

  /**
   * @throws CommandFailure what S3 answers, too
   */
  <T> T inStore(Path checkout, Cluster cluster, InStore<T> work)
      throws IOException, CommandFailure {
    try (Store store = Store.open(where.storage(checkout), cluster.namespace())) {
      return work.from(store);
    } catch (StoreException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }
}
