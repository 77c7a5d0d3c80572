package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.RolloutCommand;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * A real autoscaler, which goes by what pods really use, and a rollout do not hinder each other.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG (and run cluster-tests/load-images)")
@EnabledIfEnvironmentVariable(
    named = "METRICS_API",
    matches = ".+",
    disabledReason =
        "needs metrics of pods: `benchmarks/delivery autoscaling` has the cluster serve them")
class AutoscaledDeliveryTest extends FaultyDeliveries {
  private static final int PODS = 3;

  /** One pod spends three times and more of what it is to spend, and an idle one a third. */
  private static final Duration BUSY = Duration.ofMillis(3);

  /** An autoscaler looks back five minutes, and the operator as long. */
  private static final Duration FALLS_WITHIN = Duration.ofMinutes(12);

  @Test
  void whatIsBusyGrowsARolloutKeepsItsSizeAndWhatIsIdleShrinks() {
    trials.want(1, AutoscaledDeliveryTest::autoscaled);
    trials.awaitServing(1);
    new Door(tenant, trials.name(), trials.model())
        .underTraffic(
            BUSY,
            traffic -> {
              trials.awaitPods(PODS);

              trials.want(2, AutoscaledDeliveryTest::autoscaled);
              trials.awaitPhase("Shadow", "AwaitingApproval");
              assertThat(trials.status().candidate().readyReplicas()).isEqualTo(PODS);
              trials.command(RolloutCommand.APPROVE);
              trials.awaitServing(2);

              assertThat(trials.status().stable().readyReplicas()).isEqualTo(PODS);
              assertThat(traffic.failures()).isEmpty();
            });
    tenant
        .awaiting("one pod, since nobody asks")
        .atMost(FALLS_WITHIN)
        .until(() -> trials.status().stable().readyReplicas() == 1);
  }

  private static void autoscaled(ObjectNode spec) {
    spec.remove("replicas");
    spec.putObject("autoscaling").put("maxReplicas", PODS).put("cpuPercent", 60);
    spec.putObject("resources").putObject("requests").put("cpu", "20m");
    ObjectNode rollout = spec.putObject("rollout");
    rollout.putObject("shadow").put("percent", 100);
    rollout.putArray("steps").addObject().put("weight", 50).put("requireApproval", true);
    rollout.putObject("checks").put("slowFactor", Walk.SLOW_FACTOR);
  }
}
