package dev.firstday.server.v2;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.BitSet;

/**
 * A JSON array of nothing but numbers.
 *
 * @param elements their values
 * @param whole those that were written without fraction and exponent
 */
record Numbers(double[] elements, BitSet whole) {

  /** The same, a node each. */
  ArrayNode nodes() {
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode(elements.length);
    for (int i = 0; i < elements.length; i++) {
      if (whole.get(i)) {
        nodes.add((int) elements[i]);
      } else {
        nodes.add(elements[i]);
      }
    }
    return nodes;
  }
}
