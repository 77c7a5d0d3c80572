package dev.firstday.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A second node, with much room, no GPU and no machine: pods are assigned to it, and never start.
 * It is taken for a living one for less than a minute.
 */
final class RoomyNode implements AutoCloseable {
  private static final int SETTLE_SECONDS = 20;

  /** Of each of the resources that the scheduler counts. */
  private static final Map<String, Quantity> ROOM =
      Map.of(
          "cpu", new Quantity("64"),
          "memory", new Quantity("256Gi"),
          "ephemeral-storage", new Quantity("1Ti"),
          "pods", new Quantity("100"));

  private final KubernetesClient client;
  private final String name = "roomy-" + UUID.randomUUID().toString().substring(0, 8);

  RoomyNode(KubernetesClient client) {
    this.client = client;
    Node node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels("kubernetes.io/hostname", name)
            .endMetadata()
            .withNewStatus()
            .withCapacity(ROOM)
            .withAllocatable(ROOM)
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .withReason("Pretended")
            .withLastHeartbeatTime(Instant.now().toString())
            .endCondition()
            .endStatus()
            .build();
    client.resource(node).create();
    client
        .nodes()
        .withName(name)
        .waitUntilCondition(RoomyNode::isOpen, SETTLE_SECONDS, TimeUnit.SECONDS);
  }

  String name() {
    return name;
  }

  /** A new node is closed until its condition has been seen. */
  private static boolean isOpen(Node node) {
    return node != null && node.getSpec().getTaints().isEmpty();
  }

  /** Pods that were assigned to it are gone, too. */
  @Override
  public void close() {
    client.pods().inAnyNamespace().withField("spec.nodeName", name).withGracePeriod(0).delete();
    client.nodes().withName(name).delete();
  }
}
