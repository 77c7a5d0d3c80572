package dev.firstday.cli.apiserver.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.CelEngine;
import dev.firstday.cli.apiserver.schema.CelRules;
import dev.firstday.cli.apiserver.schema.FieldError;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A definition is established at once, if its schemas are sound and its rules compile. */
final class DefinitionRules implements KindRules {
  private final CelEngine cel;
  private final Clock clock;

  DefinitionRules(CelEngine cel, Clock clock) {
    this.cel = cel;
    this.clock = clock;
  }

  @Override
  public void complete(ObjectNode definition) {
    completeSpec(Json.child(definition, "spec"));
    ArrayNode finalizers = Json.list(Json.metadata(definition), "finalizers");
    if (!Json.texts(finalizers).contains(KindRulebook.CLEANUP)) {
      finalizers.add(KindRulebook.CLEANUP);
    }
    ObjectNode status = definition.putObject("status");
    status.set("acceptedNames", definition.path("spec").path("names").deepCopy());
    ArrayNode stored = status.putArray("storedVersions");
    for (JsonNode version : definition.path("spec").path("versions")) {
      if (version.path("storage").asBoolean()) {
        stored.add(version.path("name"));
      }
    }
    ArrayNode conditions = status.putArray("conditions");
    condition(conditions, "NamesAccepted", "NoConflicts", "no conflicts found");
    condition(
        conditions, "Established", "InitialNamesAccepted", "the initial names have been accepted");
  }

  @Override
  public void complete(JsonNode live, ObjectNode definition) {
    completeSpec(Json.child(definition, "spec"));
    ObjectNode status = Json.child(definition, "status");
    status.set("acceptedNames", definition.path("spec").path("names").deepCopy());
  }

  @Override
  public List<FieldError> check(JsonNode definition) {
    List<FieldError> errors = new ArrayList<>();
    JsonNode spec = definition.path("spec");
    String name = Json.text(spec, "names", "plural") + "." + Json.text(spec, "group");
    if (!Json.text(definition, "metadata", "name").equals(name)) {
      errors.add(
          FieldError.invalid(
              "metadata.name",
              definition.path("metadata").path("name"),
              "must be spec.names.plural+\".\"+spec.group"));
    }
    long stored =
        Json.stream(spec.path("versions"))
            .filter(version -> version.path("storage").asBoolean())
            .count();
    if (stored != 1) {
      errors.add(
          FieldError.invalid(
              "spec.versions",
              spec.path("versions"),
              "must have exactly one version marked as storage version"));
    }
    for (int i = 0; i < spec.path("versions").size(); i++) {
      checkSchema(
          Json.at(spec.path("versions").get(i), "schema", "openAPIV3Schema"),
          "spec.versions[" + i + "].schema.openAPIV3Schema",
          errors);
    }
    return errors;
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  private void checkSchema(JsonNode schema, String path, List<FieldError> errors) {
    if (!schema.isObject()) {
      errors.add(FieldError.required(path, "schemas are required"));
      return;
    }
    if (!Json.text(schema, "type").equals("object")) {
      errors.add(
          FieldError.invalid(path + ".type", schema.path("type"), "must be object at the root"));
    }
    errors.addAll(CelRules.compile(cel, schema, path));
  }

  private static void completeSpec(ObjectNode spec) {
    Json.putIfAbsent(Json.child(spec, "conversion"), "strategy", "None");
    ObjectNode names = Json.child(spec, "names");
    String kind = Json.text(names, "kind");
    Json.putIfAbsent(names, "singular", kind.toLowerCase(Locale.ROOT));
    Json.putIfAbsent(names, "listKind", kind + "List");
  }

  private void condition(ArrayNode conditions, String type, String reason, String message) {
    conditions
        .addObject()
        .put("type", type)
        .put("status", "True")
        .put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("reason", reason)
        .put("message", message);
  }
}
