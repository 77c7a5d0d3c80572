package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.DatasetManifest.ObjectRef;
import dev.firstday.sdk.data.DatasetManifest.SourceFile;
import dev.firstday.sdk.store.ObjectStore;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.VersionLog;
import dev.firstday.sdk.store.VersionRecord;
import dev.firstday.trainer.Worker;
import dev.firstday.trainer.check.CheckReport;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds a version of a data set: fetch, transform, verify, divide, check, store, record. The
 * record comes last, so that a version whose objects are not all there is never seen.
 */
public final class SnapshotWorker implements Worker<Run.Snapshot> {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotWorker.class);

  private final Store store;
  private final SqlResources resources;
  private final Path scratch;
  private final Clock clock;

  /**
   * @param scratch a directory for the run's files
   */
  public SnapshotWorker(Store store, SqlResources resources, Path scratch, Clock clock) {
    this.store = store;
    this.resources = resources;
    this.scratch = scratch;
    this.clock = clock;
  }

  @Override
  public RunResult run(Run.Snapshot run) {
    VersionLog log = store.datasetVersions(run.dataset());
    // a refused version of this run says nothing once the files were corrected
    Optional<VersionRecord> earlier = log.ofRun(run.uid()).filter(record -> !record.refused());
    if (earlier.isPresent()) {
      LOG.info("an earlier attempt recorded version {}", earlier.get().number());
      return answer(run, earlier.get());
    }
    Built built = build(run);
    DatasetManifest manifest = built.manifest();
    boolean refused = built.outcomes().stream().anyMatch(CheckOutcome::refuses);
    String digest = manifest.store(store.objects());
    VersionRecord record =
        log.record(
            run.uid(),
            digest,
            refused,
            clock.instant(),
            number -> summary(built, number, digest, refused));
    LOG.info(
        "{}: version {}{}, {}",
        run.dataset(),
        record.number(),
        record.refused() ? " (refused)" : "",
        record.digest());
    return answer(run, record);
  }

  private Built build(Run.Snapshot run) {
    Path directory = scratch.resolve("snapshot-" + run.uid());
    Scratch.clear(directory);
    try {
      Files.createDirectories(directory);
      DatasetSpec spec = run.spec();
      List<SourceTable> sources =
          new SourceFetcher(store.files(), directory.resolve("sources")).fetch(spec.source());
      LOG.info("fetched {} files", sources.stream().mapToInt(s -> s.files().size()).sum());
      var snapshot =
          new SnapshotBuilder(resources).build(spec, sources, directory, clock.instant());
      LOG.info("{} rows to train, {} to validate", snapshot.trainRows(), snapshot.validationRows());
      return new Built(
          new DatasetManifest(
              run.dataset(),
              spec.columns(),
              spec.split(),
              upload(snapshot.train(), snapshot.trainRows()),
              upload(snapshot.validation(), snapshot.validationRows()),
              null,
              sources.stream().flatMap(SnapshotWorker::files).toList(),
              spec.transform(),
              snapshot.engine(),
              Contract.digest(new Judged(spec.checks())),
              snapshot.fingerprint()),
          snapshot.checks());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + directory, e);
    } finally {
      Scratch.clear(directory);
    }
  }

  private static Stream<SourceFile> files(SourceTable table) {
    return table.files().stream()
        .map(f -> new SourceFile(table.name(), f.uri(), f.digest(), f.bytes()));
  }

  private ObjectRef upload(Path file, long rows) throws IOException {
    ObjectStore objects = store.objects();
    return new ObjectRef(objects.put(file), Files.size(file), rows);
  }

  private Summary summary(Built built, int number, String digest, boolean refused) {
    long train = built.manifest().train().rows();
    long validation = built.manifest().validation().rows();
    Instant now = clock.instant();
    return new Summary(
        new DatasetStatus.Version(
            number,
            digest,
            null,
            train + validation,
            train,
            validation,
            null,
            refused ? Boolean.TRUE : null,
            now),
        CheckReport.of(built.outcomes(), number, null, now));
  }

  private static RunResult answer(Run.Snapshot run, VersionRecord record) {
    Summary summary = record.summary(Summary.class);
    return new RunResult.Snapshot(run.uid(), summary.version(), summary.checks(), null);
  }

  private record Built(DatasetManifest manifest, List<CheckOutcome> outcomes) {}

  private record Judged(List<DatasetCheck> checks) {}

  /** What the record of a data set's version says beside its digest. */
  record Summary(DatasetStatus.Version version, DatasetStatus.Checks checks) {}
}
