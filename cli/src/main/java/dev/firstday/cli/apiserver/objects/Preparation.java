package dev.firstday.cli.apiserver.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.kinds.KindRulebook;
import dev.firstday.cli.apiserver.kinds.KindRules;
import dev.firstday.cli.apiserver.schema.Defaults;
import dev.firstday.cli.apiserver.schema.FieldError;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** Makes what a caller sent into what may be stored, or says why it may not. */
final class Preparation {
  private static final String STATUS = "status";

  private final KindRulebook rulebook;
  private final SchemaChecks schemas;

  Preparation(KindRulebook rulebook, SchemaChecks schemas) {
    this.rulebook = rulebook;
    this.schemas = schemas;
  }

  /**
   * Completes and checks a new object, in place.
   *
   * @return warnings
   */
  List<String> create(
      ResourceType type, String namespace, ObjectNode object, Moment moment, WriteOptions options) {
    List<String> warnings = schemas.prune(type, object, options.fieldValidation());
    Defaults.apply(type.schema(), object);
    Metadata.generateName(object, moment.random());
    Metadata.initialise(type, object, namespace, moment.now());
    if (type.hasStatus() && !type.names().plural().equals("nodes")) {
      object.remove(STATUS);
    }
    KindRules rules = rules(type);
    if (type.isCustom() || rules.hasGeneration()) {
      Json.metadata(object).put("generation", 1);
    }
    List<FieldError> errors =
        schemas.check(type, object, MissingNode.getInstance(), Metadata.check(type, object));
    if (errors.isEmpty()) {
      rules.complete(object);
      errors.addAll(rules.check(object));
    }
    refuse(type, object, errors);
    return warnings;
  }

  /**
   * Completes and checks what an object is to become, in place.
   *
   * @param subresource {@code status}, or {@code ""} for the object itself
   * @return warnings
   */
  List<String> update(
      ResourceType type,
      String subresource,
      ObjectNode live,
      ObjectNode object,
      WriteOptions options) {
    List<String> warnings = schemas.prune(type, object, options.fieldValidation());
    Defaults.apply(type.schema(), object);
    if (subresource.equals(STATUS)) {
      keepAllBut(STATUS, live, object);
    } else {
      Metadata.keepOwn(live, object);
      if (type.hasStatus()) {
        keep(STATUS, live, object);
      }
    }
    List<FieldError> inMetadata = new ArrayList<>(Metadata.check(type, object));
    inMetadata.addAll(Metadata.checkTermination(live, object));
    List<FieldError> errors = schemas.check(type, object, live, inMetadata);
    KindRules rules = rules(type);
    if (errors.isEmpty() && subresource.isEmpty()) {
      rules.complete(live, object);
      errors.addAll(rules.check(object));
      errors.addAll(rules.checkUpdate(live, object));
    }
    refuse(type, object, errors);
    if ((type.isCustom() || rules.hasGeneration())
        && !desired(type, live).equals(desired(type, object))) {
      long generation = live.path("metadata").path("generation").asLong();
      Json.metadata(object).put("generation", generation + 1);
    }
    return warnings;
  }

  private KindRules rules(ResourceType type) {
    return type.isCustom() ? new KindRules.Plain() : rulebook.of(type.storedIn());
  }

  /** What of an object is someone's wish, whose changes the generation counts. */
  private static ObjectNode desired(ResourceType type, ObjectNode object) {
    ObjectNode desired = object.deepCopy();
    desired.remove("metadata");
    if (type.hasStatus()) {
      desired.remove(STATUS);
    }
    return desired;
  }

  private static void keepAllBut(String field, ObjectNode live, ObjectNode object) {
    JsonNode given = object.path(field);
    object.removeAll();
    object.setAll(live.deepCopy());
    if (given.isMissingNode()) {
      object.remove(field);
    } else {
      object.set(field, given);
    }
  }

  private static void keep(String field, ObjectNode live, ObjectNode object) {
    if (live.has(field)) {
      object.set(field, live.get(field).deepCopy());
    } else {
      object.remove(field);
    }
  }

  private static void refuse(ResourceType type, ObjectNode object, List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw ApiException.invalid(type, Json.text(object, "metadata", "name"), errors);
    }
  }
}
