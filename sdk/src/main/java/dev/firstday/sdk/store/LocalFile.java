package dev.firstday.sdk.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file's copy on this machine.
 *
 * @param path where
 * @param digest sha256 of the bytes that were written there
 * @param bytes its size
 */
public record LocalFile(Path path, String digest, long bytes) {

  /** A file that is on this machine already. */
  public static LocalFile of(Path path) {
    try {
      return new LocalFile(path, Digests.sha256(path), Files.size(path));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
