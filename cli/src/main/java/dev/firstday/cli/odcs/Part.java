package dev.firstday.cli.odcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a contract that knows its place.
 *
 * @param path as {@code schema[0].properties[2].quality[1]}; empty for the whole
 */
record Part(String path, JsonNode node) {

  /** A field, which may be missing. */
  Part at(String field) {
    JsonNode value = node.isObject() && node.hasNonNull(field) ? node.get(field) : null;
    return new Part(
        path.isEmpty() ? field : path + "." + field,
        value == null ? MissingNode.getInstance() : value);
  }

  boolean isThere() {
    return !node.isMissingNode();
  }

  /** The elements of a list; none when it is missing. */
  List<Part> list() {
    if (!isThere()) {
      return List.of();
    }
    if (!node.isArray()) {
      throw failure("it must be a list");
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      parts.add(new Part(path + "[" + i + "]", node.get(i)));
    }
    return parts;
  }

  Part object() {
    if (!node.isObject()) {
      throw failure("it must be an object with fields");
    }
    return this;
  }

  /** A text that may be missing. */
  Optional<String> text() {
    if (!isThere()) {
      return Optional.empty();
    }
    if (!node.isValueNode()) {
      throw failure("it must be a text");
    }
    return Optional.of(node.asText().strip()).filter(text -> !text.isEmpty());
  }

  String requiredText() {
    return text().orElseThrow(() -> failure("it is missing"));
  }

  /** A number; with {@link #isThere} only. */
  double number() {
    if (!node.isNumber()) {
      throw failure("it must be a number, not " + node);
    }
    return node.asDouble();
  }

  /** Whether it is true; missing is false. */
  boolean isTrue() {
    if (isThere() && !node.isBoolean()) {
      throw failure("it must be true or false, not " + node);
    }
    return node.asBoolean(false);
  }

  OdcsFailure failure(String why) {
    return new OdcsFailure((path.isEmpty() ? "" : path + ": ") + why);
  }
}
