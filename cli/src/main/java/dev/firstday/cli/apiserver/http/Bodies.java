package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.objects.ApiException;
import dev.firstday.cli.apiserver.objects.DeleteOptions;
import dev.firstday.cli.apiserver.objects.DeleteOptions.Propagation;
import dev.firstday.cli.apiserver.objects.WriteOptions;
import dev.firstday.cli.apiserver.objects.WriteOptions.FieldValidation;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Reads what callers send. */
final class Bodies {
  private static final int SHOWN_CHARACTERS = 30;

  private final ProtobufBodies protobuf;

  Bodies(ProtobufBodies protobuf) {
    this.protobuf = protobuf;
  }

  /** The object in the body, of the type that the path names. */
  ObjectNode object(Call call, ResourceType type, String namespace) {
    ObjectNode object =
        contentType(call).equals(ProtobufBodies.CONTENT_TYPE)
            ? protobuf.read(call.body().getBytes())
            : any(call);
    if (type.isCustom()) {
      requireKind(object, type);
    }
    Json.putIfAbsent(object, "apiVersion", type.apiVersion());
    Json.putIfAbsent(object, "kind", type.kind());
    String apiVersion = Json.text(object, "apiVersion");
    if (!apiVersion.equals(type.apiVersion())) {
      throw ApiException.badRequest(
          "the API version in the data ("
              + apiVersion
              + ") does not match the expected API version ("
              + type.apiVersion()
              + ")");
    }
    if (!Json.text(object, "kind").equals(type.kind())) {
      throw ApiException.badRequest(
          "the kind in the data ("
              + Json.text(object, "kind")
              + ") does not match the expected kind ("
              + type.kind()
              + ")");
    }
    checkNamespace(object, type, namespace);
    return object;
  }

  /** Only Kubernetes' own objects may leave it to the path to say what they are. */
  private static void requireKind(ObjectNode object, ResourceType type) {
    for (String field : List.of("kind", "apiVersion")) {
      if (Json.text(object, field).isEmpty()) {
        String name = field.equals("kind") ? "Kind" : field;
        String text = object.toString();
        String start = text.substring(0, Math.min(SHOWN_CHARACTERS, text.length()));
        throw ApiException.badRequest(
            "the object provided is unrecognized (must be of type %s): ".formatted(type.kind())
                + "Object '%s' is missing in '%s' (%s ...)".formatted(name, text, start));
      }
    }
  }

  /** The object in the body, whatever it is. */
  static ObjectNode any(Call call) {
    String contentType = contentType(call);
    if (!contentType.isEmpty() && !contentType.contains("json") && !contentType.contains("yaml")) {
      throw ApiException.unsupportedMediaType("application/json, application/yaml");
    }
    if (parse(call) instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest("the body of the request is not an object");
  }

  static JsonNode parse(Call call) {
    byte[] bytes = call.body().getBytes();
    try {
      return contentType(call).contains("yaml") ? Json.parseYaml(bytes) : Json.parse(bytes);
    } catch (IOException e) {
      throw ApiException.badRequest("the body of the request cannot be read: " + e.getMessage());
    }
  }

  /** Without parameters such as the charset. */
  static String contentType(Call call) {
    return call.header("Content-Type").split(";")[0].strip().toLowerCase(Locale.ROOT);
  }

  static WriteOptions writeOptions(Call call) {
    FieldValidation validation =
        switch (call.parameter("fieldValidation")) {
          case "Strict" -> FieldValidation.STRICT;
          case "Ignore" -> FieldValidation.IGNORE;
          case "", "Warn" -> FieldValidation.WARN;
          default ->
              throw ApiException.badRequest(
                  "fieldValidation must be Ignore, Warn or Strict, not "
                      + call.parameter("fieldValidation"));
        };
    return new WriteOptions(isDryRun(call), validation, manager(call), call.flag("force"));
  }

  static DeleteOptions deleteOptions(Call call) {
    ObjectNode body = call.body().length() == 0 ? Json.object() : any(call);
    String grace = call.parameter("gracePeriodSeconds");
    return new DeleteOptions(
        isDryRun(call) || !body.path("dryRun").isEmpty(),
        propagation(call, body),
        Json.text(body, "preconditions", "uid"),
        Json.text(body, "preconditions", "resourceVersion"),
        body.path("gracePeriodSeconds").asLong(grace.isEmpty() ? -1 : Long.parseLong(grace)));
  }

  private static Propagation propagation(Call call, JsonNode body) {
    String policy = Json.text(body, "propagationPolicy");
    if (policy.isEmpty()) {
      policy = call.parameter("propagationPolicy");
    }
    if (policy.equals("Orphan") || body.path("orphanDependents").asBoolean()) {
      return Propagation.ORPHAN;
    }
    return policy.equals("Foreground") ? Propagation.FOREGROUND : Propagation.BACKGROUND;
  }

  private static boolean isDryRun(Call call) {
    String dryRun = call.parameter("dryRun");
    if (!dryRun.isEmpty() && !dryRun.equals("All")) {
      throw ApiException.badRequest("dryRun must be All, not " + dryRun);
    }
    return dryRun.equals("All");
  }

  private static String manager(Call call) {
    String manager = call.parameter("fieldManager");
    return manager.isEmpty() ? call.header("User-Agent").split("/")[0] : manager;
  }

  private static void checkNamespace(ObjectNode object, ResourceType type, String namespace) {
    String own = Json.text(object, "metadata", "namespace");
    if (type.isNamespaced() && !own.isEmpty() && !own.equals(namespace)) {
      throw ApiException.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }
}
