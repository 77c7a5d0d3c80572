package dev.firstday.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A resource that the API server took, and that this release cannot read: a number that no int
 * holds, a time that is none. What can be read of it is there, so that others are seen to.
 */
public final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Among what metadata has beside its known fields, which the API server stores none of. */
  private static final String FAULTS = "firstday.dev/unreadable";

  private static final String SPEC = "spec";
  private static final String STATUS = "status";

  private final boolean isStatusRead;

  private Unreadable(Map<?, ?> faults) {
    super(
        faults.entrySet().stream()
            .map(fault -> fault.getValue() + cure(fault.getKey()))
            .collect(Collectors.joining("; ")));
    isStatusRead = !faults.containsKey(STATUS);
  }

  /**
   * @param faults why what could not be read could not, by {@code spec} and {@code status}
   */
  static void mark(ObjectMeta metadata, Map<String, String> faults) {
    metadata.setAdditionalProperty(FAULTS, Map.copyOf(faults));
  }

  /** Whether something of the resource could not be read, and is null. */
  public static boolean is(HasMetadata resource) {
    return resource.getMetadata().getAdditionalProperties().get(FAULTS) instanceof Map;
  }

  /** What could not be read of the resource, and why; none where all could. */
  public static Optional<Unreadable> of(HasMetadata resource) {
    return resource.getMetadata().getAdditionalProperties().get(FAULTS) instanceof Map<?, ?> faults
        ? Optional.of(new Unreadable(faults))
        : Optional.empty();
  }

  /**
   * @throws Unreadable when something of the resource could not be read
   */
  public static void refuse(HasMetadata resource) {
    Optional<Unreadable> fault = of(resource);
    if (fault.isPresent()) {
      throw fault.get();
    }
  }

  /** A status that was not read cannot be written without the loss of what else it says. */
  boolean isStatusRead() {
    return isStatusRead;
  }

  private static String cure(Object part) {
    return SPEC.equals(part)
        ? "; correct it"
        : "; correct it with kubectl edit --subresource=status, or take the resource away";
  }
}
