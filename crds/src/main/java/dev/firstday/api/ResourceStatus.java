package dev.firstday.api;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the status of every kind has: the part that kstatus, Argo CD and {@code kubectl wait} read.
 */
public interface ResourceStatus {
  /**
   * The generation of the spec that this status is about; -1 until the operator has seen the
   * resource.
   */
  Long observedGeneration();

  /** One word for people. */
  String phase();

  /** Ready, Reconciling, Stalled and Suspended: always all four. */
  List<Condition> conditions();

  /** The condition of that type; empty before there is one. */
  default Optional<Condition> condition(String type) {
    return conditions() == null
        ? Optional.empty()
        : conditions().stream().filter(condition -> type.equals(condition.type())).findFirst();
  }

  /** Whether the condition of that type is True. */
  default boolean holds(String type) {
    return condition(type).filter(Condition::holds).isPresent();
  }

  /** Whether this status is about the resource's spec as it is now. */
  default boolean isOf(HasMetadata resource) {
    return Objects.equals(observedGeneration(), resource.getMetadata().getGeneration());
  }
}
