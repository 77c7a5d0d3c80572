package dev.firstday.trainer.train;

import dev.firstday.contract.Contract;
import dev.firstday.sdk.store.CheckpointFiles;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.trainer.Interruption;
import dev.firstday.trainer.LeftException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints of a run in S3. They are written beside training, one at a time, and none that cannot
 * be written stops it: what is lost then is time, and only if the pod is lost as well.
 */
final class RunCheckpoints implements Checkpoints, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunCheckpoints.class);

  private final CheckpointFiles files;
  private final String runUid;
  private final String of;
  private final Duration interval;
  private final Interruption interruption;
  private final PrintStream progress;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "checkpoints");
            thread.setDaemon(true);
            return thread;
          });
  private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
  private long lastAt = System.nanoTime();

  /**
   * @param of all that decides the numbers: a checkpoint of anything else is not gone on with
   * @param interval from one checkpoint to the next
   * @param progress gets a line when training goes on from one, or does not from one that is there
   */
  RunCheckpoints(
      CheckpointFiles files,
      String runUid,
      Object of,
      Duration interval,
      Interruption interruption,
      PrintStream progress) {
    this.files = files;
    this.runUid = runUid;
    this.of = Contract.digest(of);
    this.interval = interval;
    this.interruption = interruption;
    this.progress = progress;
  }

  @Override
  public Optional<Checkpoint> last() {
    interruption.heed();
    deleteLeftOver();
    Optional<byte[]> there = files.read(runUid);
    Optional<Checkpoint> last = there.flatMap(bytes -> Checkpoint.read(bytes, of));
    if (there.isPresent() && last.isEmpty()) {
      progress.printf(
          "training begins anew: %s is damaged, or is no checkpoint of this run with this code, data and trainer%n",
          files.uri(runUid));
    }
    last.map(Checkpoint::progress)
        .ifPresent(
            at ->
                progress.printf(
                    "going on from a checkpoint in epoch %d, after %,d steps of it%n",
                    at.epoch(), at.steps()));
    return last;
  }

  @Override
  public void afterStep(Supplier<Checkpoint> present) {
    if (interruption.isAsked()) {
      written.join();
      Checkpoint last = present.get();
      write(last);
      throw new LeftException(
          "told to end in epoch %d, after %d steps of it; the next attempt goes on from the last checkpoint in %s"
              .formatted(last.progress().epoch(), last.progress().steps(), files.uri(runUid)));
    }
    if (System.nanoTime() - lastAt >= interval.toNanos() && written.isDone()) {
      Checkpoint now = present.get();
      lastAt = System.nanoTime();
      written = CompletableFuture.runAsync(() -> write(now), writer);
    }
  }

  /** The run has its answer, and nobody will go on with it. */
  void delete() {
    written.join();
    delete(files, runUid);
  }

  /** Deletes a run's checkpoint, if there is one; a failure is no failure of the run. */
  static void delete(CheckpointFiles files, String runUid) {
    try {
      files.delete(runUid);
    } catch (StoreException e) {
      LOG.warn("{} stays until the training job's next run: {}", files.uri(runUid), e.getMessage());
    }
  }

  private void deleteLeftOver() {
    try {
      files.deleteAllBut(runUid);
    } catch (StoreException e) {
      LOG.warn("checkpoints of runs before stay: {}", e.getMessage());
    }
  }

  private void write(Checkpoint checkpoint) {
    byte[] bytes = checkpoint.write(of);
    if (bytes.length > CheckpointFiles.MAX_BYTES) {
      LOG.warn(
          "no checkpoint: it would have {} bytes, more than {}",
          bytes.length,
          CheckpointFiles.MAX_BYTES);
      return;
    }
    try {
      files.put(runUid, bytes);
    } catch (StoreException e) {
      LOG.warn("no checkpoint this time, and training goes on: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    writer.shutdownNow();
  }
}
