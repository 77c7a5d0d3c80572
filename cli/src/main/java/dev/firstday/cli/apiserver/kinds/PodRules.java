package dev.firstday.cli.apiserver.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.FieldError;
import java.util.ArrayList;
import java.util.List;

/** A pod's spec is fixed once it is made, but for its node and its containers' images. */
final class PodRules implements KindRules {

  @Override
  public void complete(ObjectNode pod) {
    ObjectNode spec = Json.child(pod, "spec");
    Json.putIfAbsent(spec, "serviceAccountName", "default");
    PodDefaults.complete(spec, "Always");
    ObjectNode status = pod.putObject("status");
    status.put("phase", "Pending").put("qosClass", qualityOfService(spec));
  }

  @Override
  public List<FieldError> check(JsonNode pod) {
    return PodDefaults.check(pod.path("spec"), "spec");
  }

  @Override
  public List<FieldError> checkUpdate(JsonNode live, JsonNode pod) {
    if (fixed(live.path("spec")).equals(fixed(pod.path("spec")))) {
      return List.of();
    }
    return List.of(
        FieldError.forbidden(
            "spec",
            "pod updates may not change fields other than `spec.containers[*].image`,"
                + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations`"
                + " (only additions to existing tolerations),`spec.terminationGracePeriodSeconds`"
                + " (allow it to be set to 1 if it was previously negative)"));
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  private static JsonNode fixed(JsonNode spec) {
    ObjectNode fixed = spec.deepCopy();
    fixed.remove(List.of("activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds"));
    for (String containers : List.of("containers", "initContainers")) {
      fixed.path(containers).forEach(container -> ((ObjectNode) container).remove("image"));
    }
    // a scheduler, which the local mode has none of, sets the node of a pod that has none
    fixed.remove("nodeName");
    return fixed;
  }

  private static String qualityOfService(JsonNode spec) {
    List<JsonNode> resources = new ArrayList<>();
    spec.path("containers").forEach(container -> resources.add(container.path("resources")));
    if (resources.stream().allMatch(each -> !each.has("requests") && !each.has("limits"))) {
      return "BestEffort";
    }
    boolean isGuaranteed =
        resources.stream()
            .allMatch(
                each ->
                    each.path("limits").has("cpu")
                        && each.path("limits").has("memory")
                        && each.path("limits").equals(each.path("requests")));
    return isGuaranteed ? "Guaranteed" : "Burstable";
  }
}
