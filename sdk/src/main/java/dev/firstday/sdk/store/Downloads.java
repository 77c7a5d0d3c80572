package dev.firstday.sdk.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Reads of objects, into a file or into memory. */
final class Downloads {
  private Downloads() {}

  /** Writes an object to {@code directory/name}, which appears only when it is complete. */
  static LocalFile download(
      S3Access access, String bucket, String key, Path directory, String name) {
    Path target = directory.resolve(name);
    try {
      Files.createDirectories(directory);
      Path part = Files.createTempFile(directory, ".part-", "");
      try {
        String digest = access.get(bucket, key, (content, bytes) -> write(content, part));
        long bytes = Files.size(part);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        return new LocalFile(target, digest, bytes);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
  }

  private static String write(InputStream content, Path part) throws IOException {
    try (OutputStream target = Files.newOutputStream(part)) {
      return Digests.copy(content, target);
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
