package dev.firstday.cli.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is wrong with one field, as {@code k8s.io/apimachinery/pkg/util/validation/field} words it.
 *
 * @param field such as {@code spec.gates[0].metric}
 * @param body the message without the field
 */
public record FieldError(Kind kind, String field, String body) {

  /** The reasons a client may look at. */
  public enum Kind {
    REQUIRED("FieldValueRequired", "Required value"),
    INVALID("FieldValueInvalid", "Invalid value"),
    TYPE("FieldValueTypeInvalid", "Invalid value"),
    UNSUPPORTED("FieldValueNotSupported", "Unsupported value"),
    DUPLICATE("FieldValueDuplicate", "Duplicate value"),
    FORBIDDEN("FieldValueForbidden", "Forbidden"),
    TOO_LONG("FieldValueTooLong", "Too long"),
    TOO_MANY("FieldValueTooMany", "Too many"),
    NOT_FOUND("FieldValueNotFound", "Not found");

    private final String reason;
    private final String words;

    Kind(String reason, String words) {
      this.reason = reason;
      this.words = words;
    }

    public String reason() {
      return reason;
    }
  }

  public static FieldError required(String field, String detail) {
    return new FieldError(Kind.REQUIRED, field, join(Kind.REQUIRED.words, detail));
  }

  public static FieldError forbidden(String field, String detail) {
    return new FieldError(Kind.FORBIDDEN, field, join(Kind.FORBIDDEN.words, detail));
  }

  public static FieldError invalid(String field, JsonNode value, String detail) {
    return valued(Kind.INVALID, field, shown(value), detail);
  }

  /**
   * @param value as it is shown, such as the name of a type
   */
  public static FieldError invalid(String field, String value, String detail) {
    return valued(Kind.INVALID, field, '"' + value + '"', detail);
  }

  static FieldError wrongType(String field, String is, String wanted) {
    return valued(
        Kind.TYPE,
        field,
        '"' + is + '"',
        field + " in body must be of type " + wanted + ": \"" + is + '"');
  }

  static FieldError wrongFormat(String field, JsonNode value, String format) {
    return valued(
        Kind.TYPE,
        field,
        shown(value),
        field + " in body must be of type " + format + ": " + shown(value));
  }

  public static FieldError unsupported(String field, JsonNode value, List<JsonNode> supported) {
    String values =
        supported.stream().map(FieldError::shown).sorted().collect(Collectors.joining(", "));
    return valued(Kind.UNSUPPORTED, field, shown(value), "supported values: " + values);
  }

  public static FieldError duplicate(String field, JsonNode value) {
    return valued(Kind.DUPLICATE, field, shown(value), "");
  }

  static FieldError tooLong(String field, long most) {
    return new FieldError(
        Kind.TOO_LONG, field, Kind.TOO_LONG.words + ": may not be more than " + most + " bytes");
  }

  static FieldError tooMany(String field, int are, long most) {
    return valued(
        Kind.TOO_MANY, field, Integer.toString(are), "must have at most " + most + " items");
  }

  /** Whether rules that look at more than this field make no sense before it is mended. */
  public boolean isBlocking() {
    return switch (kind) {
      case REQUIRED, TYPE, TOO_LONG, TOO_MANY -> true;
      case INVALID, UNSUPPORTED, DUPLICATE, FORBIDDEN, NOT_FOUND -> false;
    };
  }

  public String message() {
    return field + ": " + body;
  }

  private static FieldError valued(Kind kind, String field, String value, String detail) {
    return new FieldError(kind, field, join(kind.words + ": " + value, detail));
  }

  private static String join(String start, String detail) {
    return detail.isEmpty() ? start : start + ": " + detail;
  }

  private static String shown(JsonNode value) {
    return new String(Json.bytes(value), StandardCharsets.UTF_8);
  }
}
