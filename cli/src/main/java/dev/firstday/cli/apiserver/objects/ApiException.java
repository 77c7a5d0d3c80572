package dev.firstday.cli.apiserver.objects;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.patch.ApplyConflictException;
import dev.firstday.cli.apiserver.schema.FieldError;
import dev.firstday.cli.apiserver.store.ResourceId;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.util.List;
import java.util.stream.Collectors;

/** A request that is refused, with the {@code Status} that says why. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;
  private final transient ObjectNode details;

  private ApiException(int code, String reason, String message, ObjectNode details) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  public static ApiException unknownPath() {
    return new ApiException(
        404, "NotFound", "the server could not find the requested resource", Json.object());
  }

  public static ApiException notFound(ResourceId resource, String name) {
    return new ApiException(
        404, "NotFound", resource + " \"" + name + "\" not found", details(resource, name));
  }

  public static ApiException alreadyExists(ResourceId resource, String name) {
    return new ApiException(
        409,
        "AlreadyExists",
        resource + " \"" + name + "\" already exists",
        details(resource, name));
  }

  public static ApiException conflict(ResourceId resource, String name, String cause) {
    return new ApiException(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + resource + " \"" + name + "\": " + cause,
        details(resource, name));
  }

  public static ApiException stale(ResourceId resource, String name) {
    return conflict(
        resource,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  static ApiException applyConflict(ApplyConflictException e) {
    ObjectNode details = Json.object();
    ArrayNode causes = details.putArray("causes");
    e.conflicts()
        .forEach(
            conflict ->
                causes
                    .addObject()
                    .put("reason", "FieldManagerConflict")
                    .put("message", "conflict with " + conflict.manager())
                    .put("field", conflict.field()));
    return new ApiException(409, "Conflict", e.getMessage(), details);
  }

  public static ApiException invalid(ResourceType type, String name, List<FieldError> errors) {
    String kind = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
    String all = errors.stream().map(FieldError::message).collect(Collectors.joining(", "));
    ObjectNode details = Json.object().put("name", name);
    details.put("group", type.group()).put("kind", type.kind());
    addCauses(details, errors);
    return new ApiException(
        422,
        "Invalid",
        kind + " \"" + name + "\" is invalid: " + (errors.size() == 1 ? all : "[" + all + "]"),
        details);
  }

  public static ApiException forbidden(ResourceId resource, String name, String cause) {
    return new ApiException(
        403,
        "Forbidden",
        resource + " \"" + name + "\" is forbidden: " + cause,
        details(resource, name));
  }

  /** A request that no client of an API makes, but a web page might. */
  public static ApiException forbidden(String message) {
    return new ApiException(403, "Forbidden", message, Json.object());
  }

  /** An apply by nobody in particular. */
  public static ApiException managerRequired() {
    FieldError error = FieldError.required("fieldManager", "is required for apply patch");
    ObjectNode details = Json.object().put("group", "meta.k8s.io").put("kind", "PatchOptions");
    addCauses(details, List.of(error));
    return new ApiException(
        422, "Invalid", "PatchOptions.meta.k8s.io \"\" is invalid: " + error.message(), details);
  }

  public static ApiException badRequest(String message) {
    return new ApiException(400, "BadRequest", message, Json.object());
  }

  public static ApiException methodNotAllowed() {
    return new ApiException(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
        Json.object());
  }

  public static ApiException notAcceptable() {
    return new ApiException(
        406,
        "NotAcceptable",
        "only the following media types are accepted: application/json, application/yaml",
        Json.object());
  }

  public static ApiException unsupportedMediaType(String accepted) {
    return new ApiException(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: "
            + accepted,
        Json.object());
  }

  public static ApiException tooLarge(long limit) {
    return new ApiException(
        413,
        "RequestEntityTooLarge",
        "limit is " + limit + ": send less in one request",
        Json.object());
  }

  /** A patch that cannot be applied to the object as it is. */
  public static ApiException unprocessable(String message) {
    return new ApiException(422, "Invalid", message, Json.object());
  }

  /** A revision that is no longer, or not yet, known. */
  public static ApiException expired(String message) {
    return new ApiException(410, "Expired", message, Json.object());
  }

  public static ApiException internal(String message) {
    return new ApiException(
        500, "InternalError", "Internal error occurred: " + message, Json.object());
  }

  public int code() {
    return code;
  }

  /** The {@code Status} object. */
  public ObjectNode status() {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
    if (!details.isEmpty()) {
      status.set("details", details);
    }
    return status.put("code", code);
  }

  private static void addCauses(ObjectNode details, List<FieldError> errors) {
    ArrayNode causes = details.putArray("causes");
    errors.forEach(
        error ->
            causes
                .addObject()
                .put("reason", error.kind().reason())
                .put("message", error.body())
                .put("field", error.field()));
  }

  private static ObjectNode details(ResourceId resource, String name) {
    ObjectNode details = Json.object().put("name", name);
    if (!resource.group().isEmpty()) {
      details.put("group", resource.group());
    }
    return details.put("kind", resource.plural());
  }
}
