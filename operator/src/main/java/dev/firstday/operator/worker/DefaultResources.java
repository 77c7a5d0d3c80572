package dev.firstday.operator.worker;

import dev.firstday.api.WorkerResources;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cpu and memory of a pod whose resource says nothing of them. Memory is always limited: the worker
 * sizes its heap by the limit, and without one by the whole node.
 */
public record DefaultResources(String cpuRequest, String memory) {
  private static final String CPU = "cpu";
  private static final String MEMORY = "memory";

  /**
   * What the pod asks for.
   *
   * @param wanted from the spec; may be null
   */
  public ResourceRequirements resolve(WorkerResources wanted) {
    Map<String, Quantity> requests = quantities(wanted == null ? null : wanted.requests());
    Map<String, Quantity> limits = quantities(wanted == null ? null : wanted.limits());
    if (!limits.containsKey(MEMORY)) {
      limits.put(MEMORY, requests.getOrDefault(MEMORY, new Quantity(memory)));
    }
    requests.putIfAbsent(MEMORY, limits.get(MEMORY));
    requests.putIfAbsent(CPU, limits.getOrDefault(CPU, new Quantity(cpuRequest)));
    // an extended resource is not overcommitted: request and limit must be the same
    limits.entrySet().stream()
        .filter(limit -> limit.getKey().contains("/"))
        .forEach(limit -> requests.put(limit.getKey(), limit.getValue()));
    requests.entrySet().stream()
        .filter(request -> request.getKey().contains("/"))
        .forEach(request -> limits.put(request.getKey(), request.getValue()));
    return new ResourceRequirementsBuilder().withRequests(requests).withLimits(limits).build();
  }

  private static Map<String, Quantity> quantities(Map<String, String> amounts) {
    Map<String, Quantity> quantities = new TreeMap<>();
    if (amounts != null) {
      // not parsed here: what is no quantity the API server refuses, and says so
      amounts.forEach((name, amount) -> quantities.put(name, new Quantity(amount, "")));
    }
    return quantities;
  }
}
