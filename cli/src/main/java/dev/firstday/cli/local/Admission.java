package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.Map;

/** Decides whether this machine can take a pod. */
final class Admission {
  private Admission() {}

  /** Why it cannot, or null. */
  static String objection(Pod pod) {
    var spec = pod.getSpec();
    if (spec.getContainers().size() != 1 || !spec.getInitContainers().isEmpty()) {
      return "local mode runs pods of one container, without init containers";
    }
    if (spec.getNodeSelector() != null && !spec.getNodeSelector().isEmpty()) {
      return "local mode has one node without labels; remove nodeSelector "
          + spec.getNodeSelector()
          + ", or use a cluster";
    }
    Container container = spec.getContainers().get(0);
    if (!container.getCommand().isEmpty()) {
      return "local mode runs an image's own entry point; remove command, or use a cluster";
    }
    for (String resource : amounts(container).keySet()) {
      if (resource.contains("/")) {
        return "local mode has no "
            + resource
            + "; remove it from the resources, or use a cluster that has it";
      }
    }
    return null;
  }

  private static Map<String, Quantity> amounts(Container container) {
    Map<String, Quantity> amounts = new HashMap<>();
    if (container.getResources() != null) {
      if (container.getResources().getRequests() != null) {
        amounts.putAll(container.getResources().getRequests());
      }
      if (container.getResources().getLimits() != null) {
        amounts.putAll(container.getResources().getLimits());
      }
    }
    return amounts;
  }
}
