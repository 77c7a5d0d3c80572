package dev.firstday.cli.apiserver.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.FieldError;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The rules of {@code metadata}, which are the same for all objects. */
final class Metadata {
  private static final String LABEL_RULE =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
  private static final String SUBDOMAIN_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  private static final String LABEL_VALUE_RULE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
  private static final Set<String> NAMED_BY_LABEL = Set.of("namespaces", "services");
  private static final String RANDOM_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int RANDOM_LENGTH = 5;
  private static final String[] SET_BY_SERVER = {
    "uid", "resourceVersion", "creationTimestamp", "deletionTimestamp",
    "deletionGracePeriodSeconds", "selfLink", "generation", "managedFields"
  };

  private Metadata() {}

  /** Makes the metadata that a caller sends into that of a new object. */
  static void initialise(ResourceType type, ObjectNode object, String namespace, String now) {
    ObjectNode metadata = Json.metadata(object);
    metadata.remove(List.of(SET_BY_SERVER));
    if (type.isNamespaced()) {
      metadata.put("namespace", namespace);
    } else {
      metadata.remove("namespace");
    }
    metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", now);
  }

  /** Gives an object that has a {@code generateName} and no name a name. */
  static void generateName(ObjectNode object, RandomGenerator random) {
    ObjectNode metadata = Json.metadata(object);
    if (Json.text(metadata, "name").isEmpty() && metadata.hasNonNull("generateName")) {
      StringBuilder name = new StringBuilder(Json.text(metadata, "generateName"));
      for (int i = 0; i < RANDOM_LENGTH; i++) {
        name.append(RANDOM_LETTERS.charAt(random.nextInt(RANDOM_LETTERS.length())));
      }
      metadata.put("name", name.toString());
    }
  }

  /** Puts back what only the server changes. */
  static void keepOwn(JsonNode live, ObjectNode object) {
    ObjectNode metadata = Json.metadata(object);
    for (String field : SET_BY_SERVER) {
      JsonNode value = live.path("metadata").path(field);
      if (value.isMissingNode()) {
        metadata.remove(field);
      } else {
        metadata.set(field, value.deepCopy());
      }
    }
    for (String field : List.of("name", "namespace")) {
      if (live.path("metadata").has(field)) {
        metadata.set(field, live.path("metadata").get(field));
      }
    }
  }

  static List<FieldError> check(ResourceType type, JsonNode object) {
    List<FieldError> errors = new ArrayList<>();
    JsonNode metadata = object.path("metadata");
    String name = Json.text(metadata, "name");
    if (name.isEmpty()) {
      errors.add(FieldError.required("metadata.name", "name or generateName is required"));
    } else if (!type.group().equals("rbac.authorization.k8s.io")) {
      checkName(type, name, errors);
    }
    for (Map.Entry<String, JsonNode> label : metadata.path("labels").properties()) {
      String value = label.getValue().asText();
      if (value.length() > 63) {
        errors.add(FieldError.invalid("metadata.labels", value, "must be no more than 63 bytes"));
      } else if (!LABEL_VALUE.matcher(value).matches()) {
        errors.add(FieldError.invalid("metadata.labels", value, LABEL_VALUE_RULE));
      }
    }
    metadata.path("ownerReferences").forEach(owner -> checkOwner(owner, errors));
    return errors;
  }

  /** What an update of an object that is being deleted may not do. */
  static List<FieldError> checkTermination(JsonNode live, JsonNode object) {
    if (!live.path("metadata").has("deletionTimestamp")) {
      return List.of();
    }
    List<String> added = Json.texts(object.path("metadata").path("finalizers"));
    List<String> old = Json.texts(live.path("metadata").path("finalizers"));
    List<String> news = added.stream().filter(finalizer -> !old.contains(finalizer)).toList();
    if (news.isEmpty()) {
      return List.of();
    }
    return List.of(
        FieldError.forbidden(
            "metadata.finalizers",
            "no new finalizers can be added if the object is being deleted, found new finalizers"
                + " []string{\""
                + String.join("\", \"", news)
                + "\"}"));
  }

  private static void checkName(ResourceType type, String name, List<FieldError> errors) {
    boolean isLabel = NAMED_BY_LABEL.contains(type.names().plural()) && !type.isCustom();
    Pattern pattern = isLabel ? LABEL : SUBDOMAIN;
    if (!pattern.matcher(name).matches()) {
      errors.add(FieldError.invalid("metadata.name", name, isLabel ? LABEL_RULE : SUBDOMAIN_RULE));
    } else if (name.length() > 253) {
      errors.add(FieldError.invalid("metadata.name", name, "must be no more than 253 bytes"));
    }
  }

  private static void checkOwner(JsonNode owner, List<FieldError> errors) {
    for (String field : List.of("apiVersion", "kind", "name", "uid")) {
      if (Json.text(owner, field).isEmpty()) {
        String what = field.equals("apiVersion") ? "version " : "";
        errors.add(
            FieldError.invalid(
                "metadata.ownerReferences." + field, "", what + "must not be empty"));
      }
    }
  }
}
