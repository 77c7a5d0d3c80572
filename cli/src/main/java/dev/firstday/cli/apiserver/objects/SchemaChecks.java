package dev.firstday.cli.apiserver.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.objects.WriteOptions.FieldValidation;
import dev.firstday.cli.apiserver.schema.CelEngine;
import dev.firstday.cli.apiserver.schema.CelRules;
import dev.firstday.cli.apiserver.schema.FieldError;
import dev.firstday.cli.apiserver.schema.Pruning;
import dev.firstday.cli.apiserver.schema.Validation;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Holds an object against the schema of its type. */
final class SchemaChecks {
  private final CelEngine cel;

  SchemaChecks(CelEngine cel) {
    this.cel = cel;
  }

  /**
   * Drops what the schema does not know.
   *
   * @return warnings of what was dropped
   */
  List<String> prune(ResourceType type, ObjectNode object, FieldValidation validation) {
    List<String> unknown =
        Pruning.prune(type.schema(), object).stream()
            .map(field -> "unknown field \"" + field + '"')
            .toList();
    if (!unknown.isEmpty() && validation == FieldValidation.STRICT) {
      throw notHandled(type, "strict decoding error: " + String.join(", ", unknown));
    }
    return validation == FieldValidation.WARN ? unknown : List.of();
  }

  /**
   * What is wrong with it, after what is known to be wrong already.
   *
   * @param old what it was, or a missing node when it is new
   */
  List<FieldError> check(
      ResourceType type, ObjectNode object, JsonNode old, List<FieldError> known) {
    List<FieldError> errors = new ArrayList<>(known);
    errors.addAll(Validation.check(type.schema(), object));
    errors.removeIf(error -> isOnlyNominal(type, error) && !known.contains(error));
    if (!type.isCustom()) {
      refuseOtherTypes(type, errors);
      return errors;
    }
    if (!CelRules.isIn(type.schema().json())) {
      return errors;
    }
    if (errors.stream().anyMatch(FieldError::isBlocking)) {
      errors.add(
          FieldError.invalid(
              "<nil>",
              NullNode.getInstance(),
              "some validation rules were not checked because the object was invalid; correct the"
                  + " existing errors to complete validation"));
    } else {
      errors.addAll(CelRules.check(cel, type.schema(), object, old));
    }
    return errors;
  }

  /**
   * What Kubernetes' own schemas require of metadata and of a status is what its server writes, not
   * what it asks for.
   */
  private static boolean isOnlyNominal(ResourceType type, FieldError error) {
    boolean isNominalStatus = !type.isCustom() && error.field().startsWith("status.");
    return error.kind() == FieldError.Kind.REQUIRED
        && (isNominalStatus || error.field().startsWith("metadata."));
  }

  /** A value of a type that the kind's own class could not hold never gets as far as its rules. */
  private static void refuseOtherTypes(ResourceType type, List<FieldError> errors) {
    String wrong =
        errors.stream()
            .filter(error -> error.kind() == FieldError.Kind.TYPE)
            .map(FieldError::message)
            .collect(Collectors.joining(", "));
    if (!wrong.isEmpty()) {
      throw notHandled(type, wrong);
    }
  }

  private static ApiException notHandled(ResourceType type, String cause) {
    return ApiException.badRequest(
        type.kind()
            + " in version \""
            + type.version()
            + "\" cannot be handled as a "
            + type.kind()
            + ": "
            + cause);
  }
}
