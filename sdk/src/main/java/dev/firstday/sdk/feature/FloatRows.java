package dev.firstday.sdk.feature;

import dev.firstday.sdk.ScratchDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows of as many numbers each, one behind the other, in memory or in a file that is mapped into
 * it: then only the pages that are in use take memory, and the kernel takes back those of others.
 * Any thread may read.
 */
final class FloatRows implements AutoCloseable {
  /** What one mapping holds at most; Java's end at 2 GiB. */
  static final int SEGMENT = 1 << 28;

  private static final int WRITTEN_AT_ONCE = 1 << 18;
  private static final String ROWS = "the encoded rows";

  private final int width;
  private final int shift;
  private final List<FloatBuffer> segments;
  private final Optional<Path> file;

  private FloatRows(int width, int shift, List<FloatBuffer> segments, Optional<Path> file) {
    this.width = width;
    this.shift = shift;
    this.segments = segments;
    this.file = file;
  }

  /** Gives rows their numbers, some rows at a time. */
  interface Filler {
    void fill(Sink sink);
  }

  /** Takes the next rows. */
  interface Sink {
    void add(float[] rows, int count);
  }

  static FloatRows inMemory(int rows, int width, Filler filler) {
    FloatBuffer all = FloatBuffer.allocate(Math.multiplyExact(rows, width));
    filler.fill((numbers, count) -> all.put(numbers, 0, count * width));
    return new FloatRows(width, Integer.SIZE - 1, List.of(all), Optional.empty());
  }

  /**
   * @param file is written, and deleted when the rows are closed
   * @param segment numbers a mapping holds at most
   */
  static FloatRows inFile(Path file, int rows, int width, int segment, Filler filler) {
    boolean complete = false;
    try (FileChannel channel =
        FileChannel.open(
            withRoom(file, (long) rows * width * Float.BYTES),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      // written and not mapped, so that a full disk is an exception and not a signal
      ByteBuffer buffer =
          ByteBuffer.allocateDirect(WRITTEN_AT_ONCE * Float.BYTES).order(ByteOrder.nativeOrder());
      filler.fill((numbers, count) -> write(file, channel, buffer, numbers, count * width));
      int shift = Math.max(0, Integer.SIZE - 1 - Integer.numberOfLeadingZeros(segment / width));
      List<FloatBuffer> segments = new ArrayList<>();
      for (long from = 0; from < rows; from += 1L << shift) {
        long count = Math.min(rows - from, 1L << shift);
        segments.add(
            channel
                .map(
                    FileChannel.MapMode.READ_ONLY,
                    from * width * Float.BYTES,
                    count * width * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer());
      }
      FloatRows all = new FloatRows(width, shift, segments, Optional.of(file));
      complete = true;
      return all;
    } catch (IOException e) {
      throw ScratchDisk.notWritable(ROWS, file, e);
    } finally {
      if (!complete) {
        delete(file);
      }
    }
  }

  private static Path withRoom(Path file, long bytes) {
    ScratchDisk.requireRoom(ROWS, file.toAbsolutePath().getParent(), bytes);
    return file;
  }

  private static void write(
      Path file, FileChannel channel, ByteBuffer buffer, float[] numbers, int count) {
    try {
      for (int from = 0; from < count; from += WRITTEN_AT_ONCE) {
        int length = Math.min(WRITTEN_AT_ONCE, count - from);
        buffer.clear().limit(length * Float.BYTES);
        buffer.asFloatBuffer().put(numbers, from, length);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
    } catch (IOException e) {
      throw ScratchDisk.notWritable(ROWS, file, e);
    }
  }

  /** Writes a row's numbers to the beginning of the target. */
  void read(int row, float[] target) {
    int place = row & (int) ((1L << shift) - 1);
    segments.get((int) ((long) row >> shift)).get(place * width, target, 0, width);
  }

  /** Deletes the file, if there is one; the rows are not to be read any more. */
  @Override
  public void close() {
    file.ifPresent(FloatRows::delete);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
