package dev.firstday.server.v2;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;

/**
 * A named tensor.
 *
 * @param shape sizes of the dimensions; their product is the number of elements
 * @param missing the elements that were {@code null} in JSON; what {@code values} holds there means
 *     nothing
 */
public record Tensor(
    String name, Datatype datatype, List<Integer> shape, Values values, BitSet missing) {
  /** Of almost all tensors. Nobody changes a tensor's. */
  private static final BitSet NONE_MISSING = new BitSet();

  /** A tensor without missing elements. */
  public Tensor(String name, Datatype datatype, List<Integer> shape, Values values) {
    this(name, datatype, shape, values, NONE_MISSING);
  }

  public static Tensor booleans(String name, boolean[] column) {
    return new Tensor(name, Datatype.BOOL, List.of(column.length), new Values.Booleans(column));
  }

  public static Tensor texts(String name, List<String> column) {
    return new Tensor(name, Datatype.BYTES, List.of(column.size()), new Values.Texts(column));
  }

  /** A vector of FP64. */
  public static Tensor doubles(String name, double[] column) {
    return new Tensor(name, Datatype.FP64, List.of(column.length), new Values.Floats(column));
  }

  /** The first dimension: how many rows the tensor holds; 1 for a scalar. */
  public int rows() {
    return shape.isEmpty() ? 1 : shape.get(0);
  }

  /** Elements a row. */
  public int rowLength() {
    return rows() == 0 ? 0 : values.size() / rows();
  }

  /**
   * The element as Boolean, Long (UINT64 beyond its range: BigInteger), Double or String; null
   * where it is missing.
   */
  public Object element(int index) {
    if (missing.get(index)) {
      return null;
    }
    if (values instanceof Values.Booleans booleans) {
      return booleans.elements()[index];
    }
    if (values instanceof Values.Integers integers) {
      long element = integers.elements()[index];
      return datatype == Datatype.UINT64 && element < 0
          ? new BigInteger(Long.toUnsignedString(element))
          : (Object) element;
    }
    if (values instanceof Values.Floats floats) {
      return floats.elements()[index];
    }
    return ((Values.Texts) values).elements().get(index);
  }
}
