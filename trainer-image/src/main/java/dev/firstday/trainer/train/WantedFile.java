package dev.firstday.trainer.train;

import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.store.LocalFile;
import dev.firstday.sdk.store.RemoteFile;
import dev.firstday.sdk.store.UserFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that a spec names.
 *
 * @param what it is, as reasons begin: Code, Network
 * @param field of the spec that names it
 * @param sha256 null: any
 * @param maxBytes more are refused
 */
record WantedFile(String what, String field, String uri, String sha256, long maxBytes) {

  /**
   * @param name in the directory
   * @throws RunFailure when it is not one file, too large, or another than was meant
   */
  LocalFile fetch(UserFiles files, Path directory, String name) {
    List<RemoteFile> found = files.list(uri);
    if (found.size() != 1) {
      throw new RunFailure(
          what + "Invalid",
          "%s: %s means %d files; name one".formatted(field, uri, found.size()),
          Cure.FIX_SPEC);
    }
    if (found.get(0).bytes() > maxBytes) {
      throw new RunFailure(
          what + "Invalid",
          "%s: %s has %,d bytes, and %,d is the most; make it smaller, as by leaving out what the trainer brings itself (DL4J and its natives)"
              .formatted(field, uri, found.get(0).bytes(), maxBytes),
          Cure.FIX_DATA);
    }
    LocalFile file = files.fetch(found.get(0), directory, name);
    if (sha256 != null && !sha256.equals(file.digest())) {
      throw new RunFailure(
          what + "DigestMismatch",
          "%s: %s has sha256 %s and not the one that is named beside it; upload the file that was meant, or name this one's sha256"
              .formatted(field, uri, file.digest()),
          Cure.FIX_DATA);
    }
    return file;
  }

  static byte[] bytes(LocalFile file) {
    try {
      return Files.readAllBytes(file.path());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file.path(), e);
    }
  }
}
