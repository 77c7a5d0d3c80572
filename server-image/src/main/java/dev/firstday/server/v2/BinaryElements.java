package dev.firstday.server.v2;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary tensor extension: elements little-endian, row-major, without padding; BOOL is one
 * byte, each element of BYTES has its length before it (4 bytes).
 */
final class BinaryElements {
  private static final int LENGTH_BYTES = 4;

  private BinaryElements() {}

  static Values read(Datatype datatype, int size, ByteBuffer bytes, String where) {
    ByteBuffer raw = bytes.order(ByteOrder.LITTLE_ENDIAN);
    if (datatype.kind() != Datatype.Kind.TEXT
        && raw.remaining() != (long) size * datatype.width()) {
      throw ProtocolException.badRequest(
          where
              + ": "
              + size
              + " values of "
              + datatype
              + " are "
              + (long) size * datatype.width()
              + " bytes, the binary data has "
              + raw.remaining());
    }
    return switch (datatype.kind()) {
      case BOOLEAN -> booleans(size, raw);
      case INTEGER -> integers(datatype, size, raw);
      case FLOAT -> floats(datatype, size, raw);
      case TEXT -> texts(size, raw, where);
    };
  }

  private static Values booleans(int size, ByteBuffer raw) {
    boolean[] elements = new boolean[size];
    for (int i = 0; i < size; i++) {
      elements[i] = raw.get() != 0;
    }
    return new Values.Booleans(elements);
  }

  private static Values integers(Datatype datatype, int size, ByteBuffer raw) {
    long[] elements = new long[size];
    for (int i = 0; i < size; i++) {
      elements[i] =
          switch (datatype.width()) {
            case 1 -> datatype.signed() ? raw.get() : Byte.toUnsignedLong(raw.get());
            case 2 -> datatype.signed() ? raw.getShort() : Short.toUnsignedLong(raw.getShort());
            case 4 -> datatype.signed() ? raw.getInt() : Integer.toUnsignedLong(raw.getInt());
            default -> raw.getLong();
          };
    }
    return new Values.Integers(elements);
  }

  private static Values floats(Datatype datatype, int size, ByteBuffer raw) {
    double[] elements = new double[size];
    for (int i = 0; i < size; i++) {
      elements[i] =
          switch (datatype.width()) {
            case 2 -> Halves.toDouble(raw.getShort());
            case 4 -> raw.getFloat();
            default -> raw.getDouble();
          };
    }
    return new Values.Floats(elements);
  }

  private static Values texts(int size, ByteBuffer raw, String where) {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (raw.remaining() < LENGTH_BYTES) {
        throw ProtocolException.badRequest(
            where + ": shape needs " + size + " strings, the binary data ends after " + i);
      }
      int length = raw.getInt();
      if (length < 0 || length > raw.remaining()) {
        throw ProtocolException.badRequest(
            where
                + ": string "
                + i
                + " is "
                + Integer.toUnsignedLong(length)
                + " bytes long, "
                + raw.remaining()
                + " are left");
      }
      elements.add(text(raw.slice(raw.position(), length), i, where));
      raw.position(raw.position() + length);
    }
    if (raw.hasRemaining()) {
      throw ProtocolException.badRequest(
          where + ": " + raw.remaining() + " bytes are left over after " + size + " strings");
    }
    return new Values.Texts(elements);
  }

  private static String text(ByteBuffer bytes, int place, String where) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw ProtocolException.badRequest(where + ": string " + place + " is not UTF-8");
    }
  }

  static byte[] write(Tensor tensor) {
    Values values = tensor.values();
    if (values instanceof Values.Texts texts) {
      return writeTexts(texts);
    }
    Datatype datatype = tensor.datatype();
    ByteBuffer raw =
        ByteBuffer.allocate(values.size() * datatype.width()).order(ByteOrder.LITTLE_ENDIAN);
    if (values instanceof Values.Booleans booleans) {
      for (boolean element : booleans.elements()) {
        raw.put((byte) (element ? 1 : 0));
      }
    } else if (values instanceof Values.Integers integers) {
      for (long element : integers.elements()) {
        switch (datatype.width()) {
          case 1 -> raw.put((byte) element);
          case 2 -> raw.putShort((short) element);
          case 4 -> raw.putInt((int) element);
          default -> raw.putLong(element);
        }
      }
    } else if (values instanceof Values.Floats floats) {
      for (double element : floats.elements()) {
        switch (datatype.width()) {
          case 2 -> raw.putShort(Halves.fromDouble(element));
          case 4 -> raw.putFloat((float) element);
          default -> raw.putDouble(element);
        }
      }
    }
    return raw.array();
  }

  private static byte[] writeTexts(Values.Texts texts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String element : texts.elements()) {
      byte[] utf8 = element.getBytes(StandardCharsets.UTF_8);
      ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      out.writeBytes(length.putInt(utf8.length).array());
      out.writeBytes(utf8);
    }
    return out.toByteArray();
  }
}
