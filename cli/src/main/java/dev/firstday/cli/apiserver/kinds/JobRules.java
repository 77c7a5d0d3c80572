package dev.firstday.cli.apiserver.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.FieldError;
import java.util.ArrayList;
import java.util.List;

/** A job's template is fixed; its pods are told by labels that the server makes up. */
final class JobRules implements KindRules {

  @Override
  public void complete(ObjectNode job) {
    ObjectNode spec = Json.child(job, "spec");
    completeSpec(spec);
    if (spec.path("manualSelector").asBoolean()) {
      return;
    }
    String uid = Json.text(job, "metadata", "uid");
    String name = Json.text(job, "metadata", "name");
    ObjectNode selector = Json.child(Json.child(spec, "selector"), "matchLabels");
    selector.put("batch.kubernetes.io/controller-uid", uid);
    ObjectNode labels = Json.child(Json.child(Json.child(spec, "template"), "metadata"), "labels");
    labels.put("batch.kubernetes.io/controller-uid", uid).put("controller-uid", uid);
    labels.put("batch.kubernetes.io/job-name", name).put("job-name", name);
  }

  @Override
  public void complete(JsonNode live, ObjectNode job) {
    ObjectNode spec = Json.child(job, "spec");
    completeSpec(spec);
    if (!spec.has("selector")) {
      spec.set("selector", live.path("spec").path("selector").deepCopy());
    }
    ObjectNode metadata = Json.child(Json.child(spec, "template"), "metadata");
    ObjectNode labels = Json.child(metadata, "labels");
    Json.at(live, "spec", "template", "metadata", "labels").properties().stream()
        .filter(label -> !labels.has(label.getKey()))
        .forEach(label -> labels.set(label.getKey(), label.getValue()));
  }

  @Override
  public List<FieldError> check(JsonNode job) {
    JsonNode podSpec = Json.at(job, "spec", "template", "spec");
    List<FieldError> errors = new ArrayList<>(PodDefaults.check(podSpec, "spec.template.spec"));
    if (!List.of("OnFailure", "Never").contains(Json.text(podSpec, "restartPolicy"))) {
      errors.add(
          FieldError.required(
              "spec.template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\""));
    }
    return errors;
  }

  @Override
  public List<FieldError> checkUpdate(JsonNode live, JsonNode job) {
    List<FieldError> errors = new ArrayList<>();
    for (String field : List.of("selector", "template", "completionMode")) {
      JsonNode now = job.path("spec").path(field);
      boolean mayChange = field.equals("template") && live.path("spec").path("suspend").asBoolean();
      if (!mayChange && !live.path("spec").path(field).equals(now)) {
        errors.add(FieldError.invalid("spec." + field, now, "field is immutable"));
      }
    }
    return errors;
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  private static void completeSpec(ObjectNode spec) {
    if (!spec.has("completions") && !spec.has("parallelism")) {
      spec.put("completions", 1);
    }
    Json.putIfAbsent(spec, "parallelism", 1);
    Json.putIfAbsent(spec, "backoffLimit", 6);
    Json.putIfAbsent(spec, "completionMode", "NonIndexed");
    Json.putIfAbsent(spec, "podReplacementPolicy", "TerminatingOrFailed");
    if (!spec.has("suspend")) {
      spec.put("suspend", false);
    }
    if (Json.at(spec, "template", "spec") instanceof ObjectNode podSpec) {
      PodDefaults.complete(podSpec, "Always");
    }
  }
}
