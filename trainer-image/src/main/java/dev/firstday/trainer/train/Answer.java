package dev.firstday.trainer.train;

import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.evaluation.Evaluation;
import java.util.List;

/** Answers to a training run. */
final class Answer {
  private Answer() {}

  /** Gates failed: there is no version. */
  static RunResult refused(String runUid, Evaluation evaluation, Training.Outcome outcome) {
    return new RunResult.Train(
        runUid,
        new TrainingJobStatus.Result(
            evaluation.headline(),
            evaluation.baselineHeadline(),
            evaluation.metrics(),
            evaluation.failedGates(),
            outcome.epochs(),
            outcome.bestEpoch(),
            null));
  }

  /** A version is recorded. */
  static RunResult recorded(String runUid, ModelVersion version, int epochs, int bestEpoch) {
    return new RunResult.Train(
        runUid,
        new TrainingJobStatus.Result(
            version.headline(),
            version.baselineHeadline(),
            version.metrics(),
            List.of(),
            epochs,
            bestEpoch,
            version));
  }
}
