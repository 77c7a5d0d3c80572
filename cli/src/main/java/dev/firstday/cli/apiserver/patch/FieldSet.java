package dev.firstday.cli.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A set of places in an object, as {@code FieldsV1} writes it: {@code f:name} is a field, {@code
 * k:{…}} the list item with these keys, {@code v:…} the list item that is this value.
 *
 * @param isMember whether the place itself, not only places below it, is in the set
 */
record FieldSet(boolean isMember, NavigableMap<String, FieldSet> children) {
  private static final String SELF = ".";

  static FieldSet empty() {
    return new FieldSet(false, new TreeMap<>());
  }

  static FieldSet self() {
    return new FieldSet(true, new TreeMap<>());
  }

  static FieldSet parse(JsonNode fieldsV1) {
    boolean isMember = fieldsV1.isEmpty() || fieldsV1.has(SELF);
    NavigableMap<String, FieldSet> children = new TreeMap<>();
    for (Map.Entry<String, JsonNode> child : fieldsV1.properties()) {
      if (!child.getKey().equals(SELF)) {
        children.put(child.getKey(), parse(child.getValue()));
      }
    }
    return new FieldSet(isMember, children);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    if (isMember && !children.isEmpty()) {
      json.putObject(SELF);
    }
    children.forEach((step, child) -> json.set(step, child.toJson()));
    return json;
  }

  boolean isEmpty() {
    return !isMember && children.isEmpty();
  }

  FieldSet child(String step) {
    return children.getOrDefault(step, empty());
  }

  FieldSet union(FieldSet other) {
    NavigableMap<String, FieldSet> union = new TreeMap<>(children);
    other.children.forEach((step, child) -> union.merge(step, child, FieldSet::union));
    return new FieldSet(isMember || other.isMember, union);
  }

  FieldSet minus(FieldSet other) {
    NavigableMap<String, FieldSet> left = new TreeMap<>();
    children.forEach((step, child) -> keep(left, step, child.minus(other.child(step))));
    return new FieldSet(isMember && !other.isMember, left);
  }

  FieldSet intersection(FieldSet other) {
    NavigableMap<String, FieldSet> common = new TreeMap<>();
    children.forEach((step, child) -> keep(common, step, child.intersection(other.child(step))));
    return new FieldSet(isMember && other.isMember, common);
  }

  /** Without {@code other}'s members and everything below them. */
  FieldSet minusTrees(FieldSet other) {
    NavigableMap<String, FieldSet> left = new TreeMap<>();
    children.forEach(
        (step, child) -> {
          if (!other.child(step).isMember) {
            keep(left, step, child.minusTrees(other.child(step)));
          }
        });
    return new FieldSet(isMember && !other.isMember, left);
  }

  /** Only what is at, or below, the steps. */
  FieldSet only(String... steps) {
    NavigableMap<String, FieldSet> left = new TreeMap<>();
    for (String step : steps) {
      keep(left, step, child(step));
    }
    return new FieldSet(false, left);
  }

  FieldSet without(String... path) {
    NavigableMap<String, FieldSet> left = new TreeMap<>(children);
    if (path.length == 1) {
      left.remove(path[0]);
    } else if (left.containsKey(path[0])) {
      FieldSet rest = left.remove(path[0]).without(Arrays.copyOfRange(path, 1, path.length));
      keep(left, path[0], rest);
    }
    return new FieldSet(isMember, left);
  }

  private static void keep(Map<String, FieldSet> into, String step, FieldSet child) {
    if (!child.isEmpty()) {
      into.put(step, child);
    }
  }
}
