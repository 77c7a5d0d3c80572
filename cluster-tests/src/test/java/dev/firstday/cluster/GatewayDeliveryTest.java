package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.RolloutCommand;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A Gateway that answers callers sends each version its share, and loses no request by changes. */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG (and run cluster-tests/load-images)")
@EnabledIfEnvironmentVariable(
    named = "GATEWAY",
    matches = ".+/.+",
    disabledReason = "needs a Gateway: `benchmarks/delivery gateway` gives the cluster one")
class GatewayDeliveryTest extends FaultyDeliveries {
  private static final String NAMESPACED_NAME = System.getenv("GATEWAY");

  /** Where it answers, as {@code host:port}; the host is what requests are for. */
  private static final String ADDRESS = System.getenv("GATEWAY_ADDRESS");

  private static final int SHARE_PERCENT = 30;
  private static final int STEP_SECONDS = 10;

  /** So that a share is told within two points, two times of three. */
  private static final int COUNTED = 500;

  private static final double TOLERANCE_PERCENT = 8;

  @Test
  void everyVersionGetsItsShareAndNoRequestIsLost() {
    installation.allowGatewayRoutes();
    trials.want(1, GatewayDeliveryTest::behindTheGateway);
    trials.awaitServing(1);
    try (Traffic traffic =
        new Traffic("http://" + ADDRESS, trials.model(), Irises::flower, Traffic.PERIOD)) {
      awaitAnswers(traffic);

      trials.want(2, GatewayDeliveryTest::behindTheGateway);
      answerAShare();
      double share = percentOf(2, traffic);
      trials.command(RolloutCommand.ROLLBACK);
      trials.awaitRollback(2);
      trials.awaitGone(Trials.predictors(2));
      assertThat(percentOf(2, traffic)).as("rolled back").isZero();

      trials.command(RolloutCommand.RETRY);
      answerAShare();
      trials.command(RolloutCommand.PROMOTE);
      trials.awaitServing(2);
      trials.awaitGone(Trials.predictors(1));
      assertThat(percentOf(2, traffic)).as("promoted").isEqualTo(100);

      System.out.printf(
          "behind a Gateway: %.1f %% of %d answers at %d %%, answers by version: %s, failures: %d%n",
          share, COUNTED, SHARE_PERCENT, traffic.answersByVersion(), traffic.failures().size());
      assertThat(share)
          .isBetween(SHARE_PERCENT - TOLERANCE_PERCENT, SHARE_PERCENT + TOLERANCE_PERCENT);
      assertThat(traffic.failures()).isEmpty();
    }
  }

  private void answerAShare() {
    trials.awaitPhase("Golden", "AwaitingApproval");
    trials.command(RolloutCommand.APPROVE);
    trials.awaitPhase("Canary", "AwaitingApproval");
  }

  /** Of the answers that come from now on. */
  private static double percentOf(int version, Traffic traffic) {
    Map<String, Long> before = traffic.answersByVersion();
    long answers = traffic.answers();
    tenant.awaiting("answers to count").until(() -> traffic.answers() >= answers + COUNTED);
    Map<String, Long> after = traffic.answersByVersion();
    after.replaceAll((name, count) -> count - before.getOrDefault(name, 0L));
    long all = after.values().stream().mapToLong(Long::longValue).sum();
    return 100.0 * after.getOrDefault(String.valueOf(version), 0L) / all;
  }

  private static void behindTheGateway(ObjectNode spec) {
    String[] gateway = NAMESPACED_NAME.split("/");
    ObjectNode routing = spec.putObject("routing").putObject("gatewayAPI");
    routing.putObject("gateway").put("namespace", gateway[0]).put("name", gateway[1]);
    routing.putArray("hostnames").add(ADDRESS.split(":")[0]);
    routing.put("stepSeconds", STEP_SECONDS);
    ObjectNode rollout = spec.putObject("rollout");
    var steps = rollout.putArray("steps");
    steps.addObject().put("weight", SHARE_PERCENT).put("requireApproval", true);
    steps.addObject().put("weight", 50).put("requireApproval", true);
    rollout.put("phaseDeadlineSeconds", 600);
  }
}
