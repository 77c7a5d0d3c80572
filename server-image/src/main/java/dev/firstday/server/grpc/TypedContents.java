package dev.firstday.server.grpc;

import com.google.protobuf.ByteString;
import dev.firstday.server.grpc.wire.InferTensorContents;
import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A tensor's elements in the field of {@link InferTensorContents} that goes with its datatype. */
final class TypedContents {
  private TypedContents() {}

  /**
   * @throws ProtocolException 400 when the elements are in another field, or none of the datatype's
   */
  static Values read(Datatype datatype, InferTensorContents contents, String where) {
    String field = field(datatype, where);
    contents
        .getAllFields()
        .keySet()
        .forEach(
            given -> {
              if (!given.getName().equals(field)) {
                throw ProtocolException.badRequest(
                    "%s: elements of %s are in %s, not in %s"
                        .formatted(where, datatype, field, given.getName()));
              }
            });
    return switch (datatype) {
      case BOOL -> booleans(contents);
      case INT8, INT16, INT32 -> integers(contents, datatype, where);
      case INT64 ->
          new Values.Integers(
              places(contents.getInt64ContentsCount())
                  .mapToLong(contents::getInt64Contents)
                  .toArray());
      case UINT8, UINT16, UINT32 -> unsigned(contents, datatype, where);
      case UINT64 ->
          new Values.Integers(
              places(contents.getUint64ContentsCount())
                  .mapToLong(contents::getUint64Contents)
                  .toArray());
      case FP16, FP32 ->
          new Values.Floats(
              places(contents.getFp32ContentsCount())
                  .mapToDouble(contents::getFp32Contents)
                  .toArray());
      case FP64 ->
          new Values.Floats(
              places(contents.getFp64ContentsCount())
                  .mapToDouble(contents::getFp64Contents)
                  .toArray());
      case BYTES -> texts(contents.getBytesContentsList(), where);
    };
  }

  private static IntStream places(int size) {
    return IntStream.range(0, size);
  }

  private static String field(Datatype datatype, String where) {
    return switch (datatype) {
      case BOOL -> "bool_contents";
      case INT8, INT16, INT32 -> "int_contents";
      case INT64 -> "int64_contents";
      case UINT8, UINT16, UINT32 -> "uint_contents";
      case UINT64 -> "uint64_contents";
      case FP32 -> "fp32_contents";
      case FP64 -> "fp64_contents";
      case BYTES -> "bytes_contents";
      case FP16 ->
          throw ProtocolException.badRequest(
              where + ": FP16 has no typed contents; send it as FP32, or in raw_input_contents");
    };
  }

  private static Values booleans(InferTensorContents contents) {
    boolean[] elements = new boolean[contents.getBoolContentsCount()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = contents.getBoolContents(i);
    }
    return new Values.Booleans(elements);
  }

  private static Values integers(InferTensorContents contents, Datatype datatype, String where) {
    long bound = 1L << (datatype.width() * Byte.SIZE - 1);
    return within(
        places(contents.getIntContentsCount()).mapToLong(contents::getIntContents).toArray(),
        -bound,
        bound - 1,
        datatype,
        where);
  }

  private static Values unsigned(InferTensorContents contents, Datatype datatype, String where) {
    return within(
        places(contents.getUintContentsCount())
            .mapToLong(i -> Integer.toUnsignedLong(contents.getUintContents(i)))
            .toArray(),
        0,
        (1L << (datatype.width() * Byte.SIZE)) - 1,
        datatype,
        where);
  }

  private static Values within(
      long[] elements, long least, long most, Datatype datatype, String where) {
    for (int i = 0; i < elements.length; i++) {
      if (elements[i] < least || elements[i] > most) {
        throw ProtocolException.badRequest(
            "%s: element %d is %d, which is no %s".formatted(where, i, elements[i], datatype));
      }
    }
    return new Values.Integers(elements);
  }

  private static Values texts(List<ByteString> contents, String where) {
    List<String> elements = new ArrayList<>(contents.size());
    for (ByteString element : contents) {
      if (!element.isValidUtf8()) {
        throw ProtocolException.badRequest(where + ": string " + elements.size() + " is not UTF-8");
      }
      elements.add(element.toStringUtf8());
    }
    return new Values.Texts(elements);
  }

  /** FP16 has no field of its own; see {@link GrpcAnswers}. */
  static InferTensorContents write(Tensor tensor) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    Values values = tensor.values();
    if (values instanceof Values.Booleans booleans) {
      for (boolean element : booleans.elements()) {
        contents.addBoolContents(element);
      }
    } else if (values instanceof Values.Integers integers) {
      for (long element : integers.elements()) {
        add(element, tensor.datatype(), contents);
      }
    } else if (values instanceof Values.Floats floats) {
      boolean wide = tensor.datatype() == Datatype.FP64;
      for (double element : floats.elements()) {
        if (wide) {
          contents.addFp64Contents(element);
        } else {
          contents.addFp32Contents((float) element);
        }
      }
    } else if (values instanceof Values.Texts texts) {
      texts.elements().forEach(text -> contents.addBytesContents(ByteString.copyFromUtf8(text)));
    }
    return contents.build();
  }

  private static void add(long element, Datatype datatype, InferTensorContents.Builder contents) {
    boolean wide = datatype.width() == Long.BYTES;
    if (wide && datatype.signed()) {
      contents.addInt64Contents(element);
    } else if (wide) {
      contents.addUint64Contents(element);
    } else if (datatype.signed()) {
      contents.addIntContents((int) element);
    } else {
      contents.addUintContents((int) element);
    }
  }
}
