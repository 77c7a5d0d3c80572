package dev.firstday.sdk;

import dev.firstday.contract.RunResult.Cure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is said of the disk that a pod works on: files of it are no data, and no fault of S3's. */
public final class ScratchDisk {
  private ScratchDisk() {}

  /**
   * Said before it is full, when there is still something to say it with.
   *
   * @param what takes the bytes, in plural
   * @param directory that is there
   * @throws RunFailure ScratchFull
   */
  public static void requireRoom(String what, Path directory, long bytes) {
    long free = free(directory);
    if (bytes > free) {
      throw new RunFailure(
          "ScratchFull",
          "%s take %,d MiB in %s, where %,d are free: give the node a larger disk, or the data set fewer rows or columns"
              .formatted(what, bytes >> 20, directory, free >> 20),
          Cure.FIX_DATA);
    }
  }

  private static long free(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      throw notWritable("files", directory, e);
    }
  }

  /**
   * Others fill the disk meanwhile, or it does not let us write: the system's own words say so.
   *
   * @param what was to be written, in plural
   */
  public static RunFailure notWritable(String what, Path file, IOException cause) {
    return new RunFailure(
        "ScratchNotWritable",
        "%s cannot be written to %s: %s; see to the node's disk, or let another node take the pod"
            .formatted(what, file, cause.getMessage()),
        Cure.FIX_DATA,
        cause);
  }
}
