package dev.firstday.cli.demo;

import dev.firstday.api.Condition;
import dev.firstday.api.ResourceStatus;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Tells from a status whether its resource is done, stuck, or still on its way. */
final class Settling {
  private Settling() {}

  /** Whether the status is about the spec as it is now. */
  static boolean isCurrent(CustomResource<?, ? extends ResourceStatus> resource) {
    return resource.getStatus() != null
        && Objects.equals(
            resource.getStatus().observedGeneration(), resource.getMetadata().getGeneration());
  }

  static boolean isReady(CustomResource<?, ? extends ResourceStatus> resource) {
    return isCurrent(resource) && condition(resource, "Ready").isPresent();
  }

  /** Why the resource is stuck: a condition that holds and says so. */
  static Optional<Condition> stalled(CustomResource<?, ? extends ResourceStatus> resource) {
    return isCurrent(resource) ? condition(resource, "Stalled") : Optional.empty();
  }

  /** What the resource says of itself while it is not ready. */
  static String words(CustomResource<?, ? extends ResourceStatus> resource) {
    ResourceStatus status = resource.getStatus();
    if (status == null || status.phase() == null) {
      return "waiting for the operator";
    }
    return conditions(status).stream()
        .filter(c -> c.type().equals("Ready"))
        .map(Condition::message)
        .filter(message -> message != null && !message.isBlank())
        .map(message -> status.phase() + ": " + message)
        .findFirst()
        .orElse(status.phase());
  }

  private static Optional<Condition> condition(
      CustomResource<?, ? extends ResourceStatus> resource, String type) {
    return conditions(resource.getStatus()).stream()
        .filter(c -> c.type().equals(type) && c.status().equals("True"))
        .findFirst();
  }

  private static List<Condition> conditions(ResourceStatus status) {
    return status.conditions() == null ? List.of() : status.conditions();
  }
}
