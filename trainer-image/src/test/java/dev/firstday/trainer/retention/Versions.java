package dev.firstday.trainer.retention;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.RefreshTrigger;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.Retention;
import dev.firstday.contract.Run;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.sdk.data.CheckRecord;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.DatasetManifest.ObjectRef;
import dev.firstday.sdk.data.ResultLog;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.snapshot.Runs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Versions as a worker leaves them, with a few bytes in place of rows. */
final class Versions {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private Versions() {}

  /** Records a version, with a result that keeps a sample, and gives its manifest. */
  static DatasetManifest record(
      Store store, String dataset, boolean refused, String train, String validation) {
    DatasetManifest manifest =
        new DatasetManifest(
            dataset,
            Runs.columns(),
            Runs.byHash(25, "id"),
            put(store, train),
            put(store, validation),
            null,
            List.of(),
            "SELECT 1",
            "duckdb",
            null,
            train + validation);
    String digest = manifest.store(store.objects());
    String run = dataset + train + validation;
    ResultLog.of(store, dataset)
        .record(
            new CheckRecord(
                0,
                dataset,
                run,
                RefreshTrigger.SPEC,
                NOON,
                digest,
                true,
                refused,
                "s",
                List.of(failing(put(store, "sample of " + run).digest()))));
    store
        .datasetVersions(dataset)
        .record(
            run,
            digest,
            refused,
            NOON,
            number ->
                new DatasetStatus.Version(number, digest, null, 1L, 1L, 1L, null, refused, NOON));
    return manifest;
  }

  private static ObjectRef put(Store store, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new ObjectRef(store.objects().put(bytes), bytes.length, 1);
  }

  private static CheckOutcome failing(String sample) {
    return new CheckOutcome(
        "c",
        DatasetCheck.Metric.NULL_VALUES,
        List.of("size"),
        1.0,
        null,
        "= 0",
        null,
        null,
        null,
        null,
        null,
        Verdict.FAILED,
        DatasetCheck.Severity.WARNING,
        null,
        2L,
        null,
        sample,
        1);
  }

  /** Records a model's version that learnt from a version of a data set. */
  static void learn(Store store, String model, String dataset, DatasetManifest manifest) {
    store
        .modelVersions(model)
        .record(
            "train-" + dataset,
            manifest.digest(),
            false,
            NOON,
            number ->
                new ModelVersion(
                    number,
                    manifest.digest(),
                    dataset,
                    manifest.train().digest(),
                    manifest.validation().digest(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    NOON));
  }

  static Run.Snapshot run(String dataset, Retention retention, Integer... referred) {
    Run.Snapshot run = Runs.small("n", dataset);
    return new Run.Snapshot(
        run.uid(),
        run.namespace(),
        dataset,
        run.spec(),
        RefreshTrigger.RETENTION,
        null,
        null,
        List.of(referred),
        retention);
  }
}
