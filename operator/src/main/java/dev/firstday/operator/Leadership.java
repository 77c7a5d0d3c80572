package dev.firstday.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Lease that the one acting operator holds. */
final class Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final String lease;
  private final String namespace;
  private final String identity;
  private final KubernetesClient client;

  Leadership(OperatorConfig config, KubernetesClient client) {
    this.lease = config.leaderLease();
    this.namespace = config.namespace();
    this.identity = config.identity();
    this.client = client;
  }

  /**
   * JOSDK's own way out, System.exit, would wait for the shutdown hook that brought it there.
   *
   * @param won runs when this operator is to act
   * @param lost runs when it no longer may
   */
  LeaderElectionConfiguration election(Runnable won, Runnable lost) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease)
        .withLeaseNamespace(namespace)
        .withIdentity(identity)
        .withExitOnStopLeading(false)
        .withLeaderCallbacks(
            new LeaderCallbacks(won, lost, leader -> LOG.info("the leader is {}", leader)))
        .build();
  }

  /**
   * Lets the next operator begin at once, and not when the Lease has run out, for which JOSDK
   * leaves it. Nothing may be written afterwards.
   */
  void giveBack() {
    try {
      Lease held = client.resources(Lease.class).inNamespace(namespace).withName(lease).get();
      if (held != null && Objects.equals(held.getSpec().getHolderIdentity(), identity)) {
        client
            .resource(new LeaseBuilder(held).editSpec().withHolderIdentity(null).endSpec().build())
            .update();
      }
    } catch (KubernetesClientException e) {
      LOG.warn("the lease {} was not given back, and has to run out: {}", lease, e.getMessage());
    }
  }
}
