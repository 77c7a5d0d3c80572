package dev.firstday.server.route;

import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.V2;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What is remembered of a request, as bytes and back. */
final class LabelBytes {
  private static final Datatype[] DATATYPES = Datatype.values();

  private LabelBytes() {}

  static byte[] write(String id, LabelPair pair) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(id);
      write(pair.stable(), out);
      write(pair.candidate(), out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array could not be written", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Tensor labels, DataOutputStream out) throws IOException {
    out.writeUTF(labels.name());
    out.writeByte(labels.datatype().ordinal());
    out.writeByte(labels.shape().size());
    for (int size : labels.shape()) {
      out.writeInt(size);
    }
    byte[] elements = V2.elements(labels);
    out.writeInt(elements.length);
    out.write(elements);
  }

  /**
   * The request's id.
   *
   * @param bytes that {@link #write} made; more may follow
   */
  static String readId(byte[] bytes) {
    return read(bytes, in -> in.readUTF());
  }

  /** The same for its labels. */
  static LabelPair readPair(byte[] bytes) {
    return read(
        bytes,
        in -> {
          in.readUTF();
          return new LabelPair(read(in), read(in));
        });
  }

  private interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  private static <T> T read(byte[] bytes, Reading<T> reading) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return reading.from(in);
    } catch (IOException e) {
      throw new UncheckedIOException("an array could not be read", e);
    }
  }

  private static Tensor read(DataInputStream in) throws IOException {
    String name = in.readUTF();
    Datatype datatype = DATATYPES[in.readByte()];
    int dimensions = in.readByte();
    List<Integer> shape = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      shape.add(in.readInt());
    }
    return V2.tensor(name, datatype, shape, ByteBuffer.wrap(in.readNBytes(in.readInt())));
  }
}
