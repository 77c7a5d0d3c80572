package dev.firstday.server.v2;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Shapes as requests state them. */
final class Shapes {
  private Shapes() {}

  static List<Integer> read(JsonNode shape, String where) {
    if (shape == null || !shape.isArray()) {
      throw ProtocolException.badRequest(where + ": shape must be an array of integers");
    }
    List<Integer> sizes = new ArrayList<>();
    for (JsonNode size : shape) {
      if (!size.isIntegralNumber() || !size.canConvertToInt() || size.intValue() < 0) {
        throw ProtocolException.badRequest(
            where + ": shape " + shape + " has " + size + ", which is no size");
      }
      sizes.add(size.intValue());
    }
    return List.copyOf(sizes);
  }

  /** How many elements a tensor of that shape has. */
  static int size(List<Integer> shape, String where) {
    long size = 1;
    for (int dimension : shape) {
      size *= dimension;
      if (size > Integer.MAX_VALUE) {
        throw ProtocolException.badRequest(where + ": shape " + text(shape) + " is too large");
      }
    }
    return (int) size;
  }

  static String text(List<Integer> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }
}
