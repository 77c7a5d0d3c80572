package dev.firstday.sdk.store;

import dev.firstday.sdk.ScratchDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Reads of objects, into a file or into memory. */
final class Downloads {
  static final String FILES = "files from S3";

  private Downloads() {}

  /**
   * Writes an object to {@code directory/name}, which appears only when it is complete.
   *
   * @throws dev.firstday.sdk.RunFailure ScratchFull, ScratchNotWritable; or a StoreException
   */
  static LocalFile download(
      S3Access access, String bucket, String key, Path directory, String name) {
    Path target = directory.resolve(name);
    try {
      Files.createDirectories(directory);
      Path part = Files.createTempFile(directory, ".part-", "");
      try {
        String digest = access.get(bucket, key, (content, bytes) -> write(content, bytes, part));
        long bytes = Files.size(part);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        return new LocalFile(target, digest, bytes);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw ScratchDisk.notWritable(FILES, target, e);
    }
  }

  /**
   * Keeps a disk's failures and S3's apart: only the latter are exceptions of I/O.
   *
   * @param part is there
   */
  static String write(InputStream content, long bytes, Path part) throws IOException {
    ScratchDisk.requireRoom(FILES, part.getParent(), bytes);
    try (OutputStream target = new ScratchStream(part)) {
      return Digests.copy(content, target);
    }
  }

  private static final class ScratchStream extends OutputStream {
    private final Path file;
    private final OutputStream content;

    ScratchStream(Path file) {
      this.file = file;
      try {
        this.content = Files.newOutputStream(file);
      } catch (IOException e) {
        throw ScratchDisk.notWritable(FILES, file, e);
      }
    }

    @Override
    public void write(int singleByte) {
      write(new byte[] {(byte) singleByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      try {
        content.write(bytes, from, count);
      } catch (IOException e) {
        throw ScratchDisk.notWritable(FILES, file, e);
      }
    }

    @Override
    public void close() {
      try {
        content.close();
      } catch (IOException e) {
        throw ScratchDisk.notWritable(FILES, file, e);
      }
    }
  }

  /** An object's content, of at most maxBytes. */
  static byte[] read(S3Access access, String bucket, String key, int maxBytes) {
    Head head =
        access.get(
            bucket, key, (content, bytes) -> new Head(content.readNBytes(maxBytes + 1), bytes));
    if (head.content().length > maxBytes) {
      throw new StoreException(
          StoreException.Reason.OBJECT_TOO_LARGE,
          "s3://%s/%s at %s has %d bytes, more than the %d that such an object may have"
              .formatted(bucket, key, access.settings().endpointName(), head.bytes(), maxBytes));
    }
    return head.content();
  }

  private record Head(byte[] content, long bytes) {}
}
