package dev.firstday.trainer.snapshot;

import dev.firstday.api.RetentionState;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.ScratchDisk;
import dev.firstday.sdk.data.CheckRecord;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.Worker;
import dev.firstday.trainer.export.Exports;
import dev.firstday.trainer.retention.DatasetRetention;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a data set up to date:
 *
 * <ol>
 *   <li>looks at the files; when they and the recipe are those of a version that is there, nothing
 *       is fetched, and at most that version is looked at again;
 *   <li>otherwise tests the transform, fetches, transforms, verifies, divides;
 *   <li>checks the rows, beside those of other versions;
 *   <li>stores the splits, records what the checks found, and records the version;
 *   <li>exports, and sweeps.
 * </ol>
 *
 * The record of the version comes after all that it names, so that one whose objects are not all
 * there is never seen. What the checks found is recorded before it and holds the run to it: done
 * again, after it was cut off anywhere, it ends in the same version.
 */
public final class SnapshotWorker implements Worker<Run.Snapshot> {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotWorker.class);

  private final Store store;
  private final Exports exports;
  private final SqlResources resources;
  private final Path scratch;
  private final Clock clock;

  /**
   * @param scratch a directory for the run's files
   */
  public SnapshotWorker(
      Store store, Exports exports, SqlResources resources, Path scratch, Clock clock) {
    this.store = store;
    this.exports = exports;
    this.resources = resources;
    this.scratch = scratch;
    this.clock = clock;
  }

  @Override
  public RunResult run(Run.Snapshot run) {
    Path directory = scratch.resolve("snapshot-" + run.uid());
    Scratch.clear(directory);
    try {
      Files.createDirectories(directory);
      Refreshed refreshed = new Refresh(run, store, resources, directory, clock).run();
      refreshed.built().ifPresent(manifest -> export(run, manifest, refreshed));
      RetentionState retention =
          new DatasetRetention(store, clock).sweep(run, refreshed.version().number());
      return refreshed.toResult(run.uid(), retention);
    } catch (IOException e) {
      throw ScratchDisk.notWritable("files of a snapshot", directory, e);
    } finally {
      Scratch.clear(directory);
    }
  }

  private void export(Run.Snapshot run, DatasetManifest manifest, Refreshed refreshed) {
    try {
      exports.afterRecord(
          run,
          manifest,
          refreshed.toResult(run.uid(), null).version(),
          refreshed.result().map(CheckRecord::outcomes).orElse(List.of()));
    } catch (RuntimeException e) {
      // the version is recorded and good: what others are told of it is no part of that
      LOG.warn("{}: version {} is not exported", run.dataset(), refreshed.version().number(), e);
    }
  }
}
