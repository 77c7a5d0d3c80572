package dev.firstday.cli.demo;

import dev.firstday.api.Condition;
import dev.firstday.api.ResourceStatus;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Optional;

/** Tells from a status whether its resource is done, stuck, or still on its way. */
final class Settling {
  private Settling() {}

  /** Whether the status is about the spec as it is now. */
  static boolean isCurrent(CustomResource<?, ? extends ResourceStatus> resource) {
    return resource.getStatus() != null && resource.getStatus().isOf(resource);
  }

  static boolean isReady(CustomResource<?, ? extends ResourceStatus> resource) {
    return isCurrent(resource) && resource.getStatus().holds("Ready");
  }

  /** Why the resource is stuck: a condition that holds and says so. */
  static Optional<Condition> stalled(CustomResource<?, ? extends ResourceStatus> resource) {
    return isCurrent(resource)
        ? resource.getStatus().condition("Stalled").filter(Condition::holds)
        : Optional.empty();
  }

  /** What the resource says of itself while it is not ready. */
  static String words(CustomResource<?, ? extends ResourceStatus> resource) {
    ResourceStatus status = resource.getStatus();
    if (status == null || status.phase() == null) {
      return "waiting for the operator";
    }
    return status
        .condition("Ready")
        .map(Condition::message)
        .filter(message -> message != null && !message.isBlank())
        .map(message -> status.phase() + ": " + message)
        .orElse(status.phase());
  }
}
