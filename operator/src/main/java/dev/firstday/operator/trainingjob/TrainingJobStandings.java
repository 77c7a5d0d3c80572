package dev.firstday.operator.trainingjob;

import dev.firstday.api.TrainingJobStatus.Result;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.RunStandings;
import dev.firstday.operator.worker.RunStep;
import dev.firstday.operator.worker.Runs;
import java.util.List;

/** Phase and conditions of a training job with a run. */
final class TrainingJobStandings {
  static final Standing SUSPENDED =
      Standing.suspended(
          "Suspended", "spec.suspend is true: nothing is trained; set it to false to go on");

  private TrainingJobStandings() {}

  static Standing of(RunOrder order, RunStep step, Outcome outcome) {
    boolean done = Runs.isDone(step.run(), order);
    if (order.suspended()) {
      return done && outcome.isRecorded() ? SUSPENDED.whileReady() : SUSPENDED;
    }
    if (!done) {
      return RunStandings.of(step, order);
    }
    return outcome.isRecorded()
        ? Standing.ready("VersionRecorded", recorded(outcome))
        : Standing.stalled("GateFailed", refused(outcome.result()));
  }

  static String phase(RunOrder order, RunStep step, Outcome outcome) {
    if (order.suspended()) {
      return "Suspended";
    }
    if (Runs.isDone(step.run(), order)) {
      return outcome.isRecorded() ? "Succeeded" : "Refused";
    }
    if (step instanceof RunStep.Follow follow && follow.isRunning()) {
      return "Training";
    }
    return step.run().failure() != null ? "Failed" : "Pending";
  }

  private static String recorded(Outcome outcome) {
    return "%s was recorded: %s, the best constant has %s"
        .formatted(
            outcome.chain().model(),
            outcome.result().headline(),
            outcome.result().baselineHeadline());
  }

  private static String refused(Result result) {
    List<String> gates = result.failedGates() == null ? List.of() : result.failedGates();
    return "no version was recorded, %s (%s, the best constant has %s): change features, network or spec.gates"
        .formatted(String.join("; ", gates), result.headline(), result.baselineHeadline());
  }
}
