package dev.firstday.trainer.train;

import dev.firstday.api.EvaluationSummary;
import dev.firstday.api.ModelVersion;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.artefact.Artefact;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.evaluation.Summaries;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.sdk.store.VersionLog;
import dev.firstday.sdk.store.VersionRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Stores an artefact and takes a version number for it. */
final class Recorder {
  /** The store itself waits out short absences; hours of training are worth more patience. */
  private static final int ATTEMPTS = 4;

  private final Store store;
  private final VersionLog versions;

  /**
   * @param model whose versions are recorded
   */
  Recorder(Store store, String model) {
    this.store = store;
    this.versions = store.modelVersions(model);
  }

  /** The version that this run recorded when it ran before. */
  Optional<ModelVersion> recordedBy(String runUid) {
    return versions.ofRun(runUid).map(there -> there.summary(ModelVersion.class));
  }

  /** The version's number, taken after everything else is stored. */
  ModelVersion record(String runUid, Artefact artefact, Evaluation evaluation, Instant now) {
    return patiently(
        () -> {
          artefact.store(store.objects()::put);
          requireStored(artefact);
          ModelManifest manifest = artefact.manifest();
          VersionRecord mine =
              versions.record(
                  runUid,
                  manifest.digest(),
                  false,
                  now,
                  number -> version(number, runUid, manifest, evaluation, now));
          return mine.summary(ModelVersion.class);
        });
  }

  /**
   * Retention looks at an object's age before it deletes it. One that was old when it looked, and
   * was written again here since, may be gone.
   */
  private void requireStored(Artefact artefact) {
    artefact.objects().forEach(store.objects()::require);
  }

  private ModelVersion version(
      int number, String runUid, ModelManifest manifest, Evaluation evaluation, Instant now) {
    ModelManifest.DatasetReference dataset = manifest.dataset();
    return new ModelVersion(
        number,
        manifest.digest(),
        dataset.name() + "/" + dataset.number(),
        dataset.trainDigest(),
        dataset.validationDigest(),
        manifest.codeDigest(),
        evaluation.headline(),
        evaluation.baselineHeadline(),
        evaluation.metrics(),
        summary(manifest, evaluation),
        runUid,
        now);
  }

  private EvaluationSummary summary(ModelManifest manifest, Evaluation evaluation) {
    return evaluation.details() == null
        ? null
        : Summaries.of(
            evaluation, store.objects().uri(manifest.files().get(ModelManifest.REPORT).digest()));
  }

  private static <T> T patiently(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (StoreException e) {
        if (e.cure() != Cure.WAIT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
