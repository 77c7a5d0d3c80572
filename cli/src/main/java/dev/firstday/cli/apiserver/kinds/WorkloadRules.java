package dev.firstday.cli.apiserver.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.FieldError;
import java.util.ArrayList;
import java.util.List;

/** Deployments and their like: a selector, which is fixed, and a template that it selects. */
final class WorkloadRules implements KindRules {
  private final String plural;

  WorkloadRules(String plural) {
    this.plural = plural;
  }

  @Override
  public void complete(ObjectNode workload) {
    ObjectNode spec = Json.child(workload, "spec");
    if (!plural.equals("daemonsets")) {
      Json.putIfAbsent(spec, "replicas", 1);
    }
    if (!plural.equals("replicasets")) {
      Json.putIfAbsent(spec, "revisionHistoryLimit", 10);
    }
    if (plural.equals("deployments")) {
      Json.putIfAbsent(spec, "progressDeadlineSeconds", 600);
      completeStrategy(Json.child(spec, "strategy"));
    }
    if (plural.equals("statefulsets")) {
      Json.putIfAbsent(spec, "podManagementPolicy", "OrderedReady");
      Json.putIfAbsent(Json.child(spec, "updateStrategy"), "type", "RollingUpdate");
    }
    if (Json.at(spec, "template", "spec") instanceof ObjectNode podSpec) {
      PodDefaults.complete(podSpec, "Always");
    }
  }

  @Override
  public void complete(JsonNode live, ObjectNode workload) {
    complete(workload);
  }

  @Override
  public List<FieldError> check(JsonNode workload) {
    List<FieldError> errors = new ArrayList<>();
    JsonNode wanted = Json.at(workload, "spec", "selector", "matchLabels");
    JsonNode labels = Json.at(workload, "spec", "template", "metadata", "labels");
    boolean matches =
        wanted.properties().stream()
            .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
    if (!matches) {
      errors.add(
          FieldError.invalid(
              "spec.template.metadata.labels",
              labels,
              "`selector` does not match template `labels`"));
    }
    errors.addAll(
        PodDefaults.check(Json.at(workload, "spec", "template", "spec"), "spec.template.spec"));
    return errors;
  }

  @Override
  public List<FieldError> checkUpdate(JsonNode live, JsonNode workload) {
    JsonNode selector = workload.path("spec").path("selector");
    return live.path("spec").path("selector").equals(selector)
        ? List.of()
        : List.of(FieldError.invalid("spec.selector", selector, "field is immutable"));
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  private static void completeStrategy(ObjectNode strategy) {
    Json.putIfAbsent(strategy, "type", "RollingUpdate");
    if (Json.text(strategy, "type").equals("RollingUpdate")) {
      ObjectNode rolling = Json.child(strategy, "rollingUpdate");
      Json.putIfAbsent(rolling, "maxUnavailable", "25%");
      Json.putIfAbsent(rolling, "maxSurge", "25%");
    }
  }
}
