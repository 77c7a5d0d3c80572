package dev.firstday.server.v2;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Element types of the protocol. */
public enum Datatype {
  BOOL(Kind.BOOLEAN, 1, false),
  UINT8(Kind.INTEGER, 1, false),
  UINT16(Kind.INTEGER, 2, false),
  UINT32(Kind.INTEGER, 4, false),
  UINT64(Kind.INTEGER, 8, false),
  INT8(Kind.INTEGER, 1, true),
  INT16(Kind.INTEGER, 2, true),
  INT32(Kind.INTEGER, 4, true),
  INT64(Kind.INTEGER, 8, true),
  FP16(Kind.FLOAT, 2, true),
  FP32(Kind.FLOAT, 4, true),
  FP64(Kind.FLOAT, 8, true),
  BYTES(Kind.TEXT, 0, false);

  /** How elements are held, see {@link Values}. */
  public enum Kind {
    BOOLEAN,
    INTEGER,
    FLOAT,
    TEXT
  }

  private final Kind kind;
  private final int width;
  private final boolean signed;

  Datatype(Kind kind, int width, boolean signed) {
    this.kind = kind;
    this.width = width;
    this.signed = signed;
  }

  public Kind kind() {
    return kind;
  }

  /** Bytes of one element in the binary form; 0 where each element tells its own length. */
  public int width() {
    return width;
  }

  /** Whether negative values exist; of integers and floats. */
  public boolean signed() {
    return signed;
  }

  /**
   * @param where the tensor, for the message
   * @throws ProtocolException 400 when there is no such type
   */
  public static Datatype named(String name, String where) {
    for (Datatype datatype : values()) {
      if (datatype.name().equals(name)) {
        return datatype;
      }
    }
    throw ProtocolException.badRequest(
        where
            + ": datatype '"
            + name
            + "' is none of "
            + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", ")));
  }
}
