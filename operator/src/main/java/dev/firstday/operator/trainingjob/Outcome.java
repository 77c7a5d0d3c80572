package dev.firstday.operator.trainingjob;

import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.api.TrainingJobStatus.Chain;
import dev.firstday.api.TrainingJobStatus.Result;
import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.worker.RunStep;

/**
 * What a run was made from and what it gave.
 *
 * @param chain null before the first run
 * @param result null before the run's end
 */
record Outcome(Chain chain, Result result) {
  static final Outcome NONE = new Outcome(null, null);

  static Outcome of(TrainingJobStatus status) {
    return new Outcome(status.chain(), status.result());
  }

  static Outcome begin(DatasetVersionReference dataset) {
    return new Outcome(
        new Chain(
            "%s/%d".formatted(dataset.name(), dataset.number()),
            dataset.number(),
            dataset.digest(),
            null),
        null);
  }

  /** With what the step brought. */
  Outcome after(RunStep step, String model) {
    if (!(step instanceof RunStep.Finish finish
        && finish.answer() instanceof RunResult.Train train)) {
      return this;
    }
    ModelVersion version = train.training().version();
    return new Outcome(
        new Chain(
            chain.dataset(),
            chain.datasetVersion(),
            chain.datasetDigest(),
            version == null ? null : "%s/%d".formatted(model, version.number())),
        train.training());
  }

  boolean isRecorded() {
    return result != null && result.version() != null;
  }
}
