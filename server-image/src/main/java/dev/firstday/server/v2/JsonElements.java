package dev.firstday.server.v2;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** A tensor's {@code data} as JSON: flat or nested to the shape, row-major. */
final class JsonElements {
  private static final BigInteger UINT64_MAX =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

  private JsonElements() {}

  static Tensor read(
      String name, Datatype datatype, List<Integer> shape, int size, JsonNode data, String where) {
    if (datatype == Datatype.FP16) {
      throw ProtocolException.badRequest(
          where + ": FP16 has no JSON form; send it as FP32, or as a binary tensor");
    }
    if (data instanceof POJONode pojo && pojo.getPojo() instanceof Numbers numbers) {
      return datatype.kind() == Datatype.Kind.FLOAT
              && numbers.elements().length == size
              && fit(numbers.elements(), datatype)
          ? new Tensor(name, datatype, shape, new Values.Floats(numbers.elements()))
          : read(name, datatype, shape, size, numbers.nodes(), where);
    }
    if (!data.isArray()) {
      throw ProtocolException.badRequest(where + ": data must be an array");
    }
    Sink sink = sink(datatype, size);
    boolean nested = !data.isEmpty() && data.get(0).isArray();
    if (nested) {
      readNested(data, shape, 0, sink, where + ".data");
    } else {
      readFlat(data, shape, size, sink, where);
    }
    return new Tensor(name, datatype, shape, sink.values(), sink.missing);
  }

  /** Rounds to the datatype; false when one is beyond its range. */
  private static boolean fit(double[] elements, Datatype datatype) {
    for (int i = 0; i < elements.length; i++) {
      double element = datatype == Datatype.FP32 ? (float) elements[i] : elements[i];
      if (!Double.isFinite(element)) {
        return false;
      }
      elements[i] = element;
    }
    return true;
  }

  private static void readFlat(
      JsonNode data, List<Integer> shape, int size, Sink sink, String where) {
    if (data.size() != size) {
      throw ProtocolException.badRequest(
          where
              + ": shape "
              + Shapes.text(shape)
              + " needs "
              + size
              + " values, data has "
              + data.size());
    }
    for (int i = 0; i < size; i++) {
      sink.add(data.get(i), where + ".data", i);
    }
  }

  private static void readNested(
      JsonNode data, List<Integer> shape, int dimension, Sink sink, String where) {
    if (!data.isArray() || dimension == shape.size() || data.size() != shape.get(dimension)) {
      throw ProtocolException.badRequest(
          where
              + ": nested data must have the shape "
              + Shapes.text(shape)
              + (data.isArray() ? ", here are " + data.size() + " values" : ", here is no array"));
    }
    boolean last = dimension == shape.size() - 1;
    for (int i = 0; i < data.size(); i++) {
      if (last) {
        sink.add(data.get(i), where, i);
      } else {
        readNested(data.get(i), shape, dimension + 1, sink, where + "[" + i + "]");
      }
    }
  }

  private static Sink sink(Datatype datatype, int size) {
    return switch (datatype.kind()) {
      case BOOLEAN -> new BooleanSink(size);
      case INTEGER -> new IntegerSink(datatype, size);
      case FLOAT -> new FloatSink(datatype, size);
      case TEXT -> new TextSink(size);
    };
  }

  /** Collects elements in their order. */
  private abstract static class Sink {
    final BitSet missing = new BitSet();
    private int next;

    final void add(JsonNode node, String where, int place) {
      if (node.isNull()) {
        missing.set(next);
      } else if (!put(next, node)) {
        throw ProtocolException.badRequest(
            where + "[" + place + "]: " + node + " is not " + wanted());
      }
      next++;
    }

    abstract boolean put(int index, JsonNode node);

    abstract String wanted();

    abstract Values values();
  }

  private static final class BooleanSink extends Sink {
    private final boolean[] elements;

    BooleanSink(int size) {
      elements = new boolean[size];
    }

    @Override
    boolean put(int index, JsonNode node) {
      elements[index] = node.asBoolean();
      return node.isBoolean();
    }

    @Override
    String wanted() {
      return "true or false, as BOOL needs";
    }

    @Override
    Values values() {
      return new Values.Booleans(elements);
    }
  }

  private static final class IntegerSink extends Sink {
    private final Datatype datatype;
    private final long[] elements;

    IntegerSink(Datatype datatype, int size) {
      this.datatype = datatype;
      elements = new long[size];
    }

    @Override
    boolean put(int index, JsonNode node) {
      if (!node.isIntegralNumber() || !inRange(node)) {
        return false;
      }
      elements[index] =
          node.canConvertToLong() ? node.longValue() : node.bigIntegerValue().longValue();
      return true;
    }

    private boolean inRange(JsonNode node) {
      if (datatype == Datatype.UINT64) {
        BigInteger value = node.bigIntegerValue();
        return value.signum() >= 0 && value.compareTo(UINT64_MAX) <= 0;
      }
      if (!node.canConvertToLong()) {
        return false;
      }
      long value = node.longValue();
      int bits = datatype.width() * Byte.SIZE;
      if (datatype.signed()) {
        return bits == Long.SIZE || value >> (bits - 1) == 0 || value >> (bits - 1) == -1;
      }
      return value >> bits == 0;
    }

    @Override
    String wanted() {
      return "an integer in the range of " + datatype;
    }

    @Override
    Values values() {
      return new Values.Integers(elements);
    }
  }

  private static final class FloatSink extends Sink {
    private final Datatype datatype;
    private final double[] elements;

    FloatSink(Datatype datatype, int size) {
      this.datatype = datatype;
      elements = new double[size];
    }

    @Override
    boolean put(int index, JsonNode node) {
      double value = node.doubleValue();
      elements[index] = datatype == Datatype.FP32 ? (float) value : value;
      return node.isNumber() && Double.isFinite(elements[index]);
    }

    @Override
    String wanted() {
      return "a number in the range of " + datatype;
    }

    @Override
    Values values() {
      return new Values.Floats(elements);
    }
  }

  private static final class TextSink extends Sink {
    private final String[] elements;

    TextSink(int size) {
      elements = new String[size];
    }

    @Override
    boolean put(int index, JsonNode node) {
      elements[index] = node.textValue();
      return node.isTextual();
    }

    @Override
    String wanted() {
      return "a string, as BYTES needs";
    }

    @Override
    Values values() {
      return new Values.Texts(Arrays.asList(elements));
    }
  }

  /** Writes the array, flat. */
  static void write(Tensor tensor, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < tensor.values().size(); i++) {
      if (tensor.missing().get(i)) {
        json.writeNull();
      } else {
        writeElement(tensor, i, json);
      }
    }
    json.writeEndArray();
  }

  private static void writeElement(Tensor tensor, int index, JsonGenerator json)
      throws IOException {
    Values values = tensor.values();
    if (values instanceof Values.Floats floats) {
      if (tensor.datatype() == Datatype.FP32) {
        json.writeNumber((float) floats.elements()[index]);
      } else {
        json.writeNumber(floats.elements()[index]);
      }
    } else if (values instanceof Values.Integers integers) {
      if (tensor.datatype() == Datatype.UINT64) {
        json.writeNumber(Long.toUnsignedString(integers.elements()[index]));
      } else {
        json.writeNumber(integers.elements()[index]);
      }
    } else if (values instanceof Values.Booleans booleans) {
      json.writeBoolean(booleans.elements()[index]);
    } else if (values instanceof Values.Texts texts) {
      json.writeString(texts.elements().get(index));
    }
  }
}
