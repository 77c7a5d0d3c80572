package dev.firstday.cli.captures;

import dev.firstday.api.ModelDeployment;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.ClusterOptions;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which captured requests: what both commands are told. */
final class Captured {
  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "The Deployment, which may be deleted by now.")
  private String deployment;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How many days back, today among them. Left out: all that S3 has.")
  private Integer days;

  @Mixin private ClusterOptions where;

  String deployment() {
    return deployment;
  }

  /** What a command makes of them. */
  interface Look {
    int at(Shelf shelf, Cluster cluster) throws CommandFailure;
  }

  int look(Path checkout, Output output, Look look) throws IOException, CommandFailure {
    try (Cluster cluster = where.find(checkout);
        Store store = Store.open(where.storage(checkout), cluster.namespace())) {
      Shelf shelf =
          new Shelf(store.captures(deployment), first(), why -> output.errors().println(why));
      return look.at(shelf, cluster);
    } catch (StoreException e) {
      throw new CommandFailure("captured requests cannot be read: " + e.getMessage(), e);
    }
  }

  private LocalDate first() throws CommandFailure {
    if (days != null && days < 1) {
      throw new CommandFailure("--days has to be at least 1");
    }
    return days == null ? LocalDate.EPOCH : LocalDate.now(ZoneOffset.UTC).minusDays(days - 1L);
  }

  /**
   * Nothing may be there for several reasons.
   *
   * @throws CommandFailure when no cluster answers, or it has no such Deployment
   */
  CommandFailure nothing(String what, Cluster cluster) throws CommandFailure {
    ModelDeployment there = cluster.get(ModelDeployment.class, deployment);
    return new CommandFailure(
        "%s is there of Deployment %s in namespace %s%s. %s"
            .formatted(
                what,
                deployment,
                cluster.namespace(),
                days == null ? "" : " in the last %d days".formatted(days),
                there.getSpec().capture() == null
                    ? "Its spec.capture is not set, so that none is kept; {} will do"
                    : "What is kept, and how long, its spec.capture says; a router writes it down within half a minute"));
  }
}
