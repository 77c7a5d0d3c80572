package dev.firstday.trainer.train;

import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.evaluation.Evaluation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The answer to a training run, kept below what a termination message holds. */
final class Answer {
  private Answer() {}

  /** Gates failed: there is no version. */
  static RunResult refused(String runUid, Evaluation evaluation, Training.Outcome outcome) {
    List<String> failures = new ArrayList<>(evaluation.failedGates());
    RunResult answer = refused(runUid, evaluation, outcome, failures);
    while (size(answer) > RunResult.MAX_BYTES) {
      failures.remove(failures.size() - 1);
      answer = refused(runUid, evaluation, outcome, failures);
    }
    return answer;
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

  private static RunResult refused(
      String runUid, Evaluation evaluation, Training.Outcome outcome, List<String> failures) {
    return new RunResult.Train(
        runUid,
        new TrainingJobStatus.Result(
            evaluation.headline(),
            evaluation.baselineHeadline(),
            evaluation.metrics(),
            List.copyOf(failures),
            outcome.epochs(),
            outcome.bestEpoch(),
            null));
  }

  private static int size(RunResult answer) {
    return Contract.write(answer).getBytes(StandardCharsets.UTF_8).length;
  }
}
