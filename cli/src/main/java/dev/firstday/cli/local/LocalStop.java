package dev.firstday.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Ends a local cluster from outside, and removes what it left. */
public final class LocalStop {
  private static final int PATIENCE_SECONDS = 30;

  private LocalStop() {}

  /** Ends the process that runs the cluster of the folder. */
  public static boolean stop(LocalFolder folder) throws IOException {
    Optional<ProcessHandle> process = LocalRecord.read(folder).flatMap(LocalRecord::process);
    if (process.isEmpty()) {
      return false;
    }
    CompletableFuture<ProcessHandle> end = process.get().onExit();
    process.get().destroy();
    try {
      end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.get().destroyForcibly();
      end.join();
    } catch (ExecutionException e) {
      throw new IOException("process " + process.get().pid() + " did not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while process " + process.get().pid() + " ended", e);
    }
    return true;
  }

  /**
   * Removes what a local cluster keeps in the folder, and the folder when nothing else is in it.
   */
  public static void remove(LocalFolder folder) throws IOException {
    for (Path part :
        List.of(
            folder.state(),
            folder.s3(),
            folder.logs(),
            folder.pods(),
            folder.kubeconfig(),
            folder.lock(),
            folder.record())) {
      removeTree(part);
    }
    if (Files.isDirectory(folder.root())) {
      try (Stream<Path> others = Files.list(folder.root())) {
        if (others.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(folder.root());
    }
  }

  private static void removeTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
