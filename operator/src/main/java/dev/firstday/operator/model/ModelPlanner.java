package dev.firstday.operator.model;

import dev.firstday.api.Model;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.RunState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.kube.Transitions;
import dev.firstday.operator.worker.RunEvents;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.RunStandings;
import dev.firstday.operator.worker.RunStep;
import dev.firstday.operator.worker.Runs;
import dev.firstday.operator.worker.WorkerConfig;
import dev.firstday.operator.worker.WorkerState;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Decides what is known of a model. S3 is listed once for each spec; after that training jobs tell
 * what they record. Its phases are
 *
 * <ul>
 *   <li>Pending: the inventory is under way and no version is known;
 *   <li>Empty: there is no version yet;
 *   <li>Ready: there are versions;
 *   <li>Failed: no version is known and the inventory failed; another attempt follows.
 * </ul>
 *
 * An inventory that is under way or failed keeps no version from being listed.
 */
final class ModelPlanner {
  private static final int LISTED = 10;

  private ModelPlanner() {}

  static ModelPlan plan(Model model, ModelObservation seen, WorkerConfig config) {
    ModelStatus before = model.getStatus();
    RunOrder order = order(model);
    RunStep step =
        Runs.advance(before == null ? null : before.run(), order, seen.workers(), seen.now());
    return plan(model, order, step, seen, config);
  }

  /** The plan when the API server would not have the Job of the plan before. */
  static ModelPlan rejected(
      Model model,
      ModelPlan plan,
      WorkerState.Lost why,
      ModelObservation seen,
      WorkerConfig config) {
    RunOrder order = order(model);
    return plan(
        model,
        order,
        Runs.rejected(plan.step(), order, why, seen.workers(), seen.now()),
        seen,
        config);
  }

  static RunOrder order(Model model) {
    return new RunOrder(
        Contract.digest(List.of(model.getMetadata().getUid(), model.getSpec())),
        model.getMetadata().getName(),
        RunResult.Inventory.class,
        RunOrder.UNLIMITED,
        null,
        false);
  }

  private static ModelPlan plan(
      Model model, RunOrder order, RunStep step, ModelObservation seen, WorkerConfig config) {
    ModelStatus before = model.getStatus();
    int limit = Objects.requireNonNullElse(model.getSpec().listedVersions(), LISTED);
    String name = model.getMetadata().getName();
    Catalogue catalogue = Catalogue.of(name, before, seen.trainings(), step, limit);
    Standing standing = standing(name, order, step, catalogue);
    ModelStatus status =
        status(model, phase(order, step, catalogue), standing, catalogue, step.run(), seen.now());
    List<Job> start =
        step instanceof RunStep.Start
            ? List.of(ModelChildren.job(model, order, step.run().job(), limit, config))
            : List.of();
    return new ModelPlan(
        step,
        start,
        status,
        RunEvents.of(
            before == null ? null : before.run(), step.run(), events(before, standing, catalogue)));
  }

  /** The status when passes fail: what was known stays. */
  static ModelStatus failing(Model model, Standing standing, Instant now) {
    ModelStatus before = model.getStatus();
    return before == null
        ? status(model, "Pending", standing, Catalogue.NONE, null, now)
        : status(model, before.phase(), standing, Catalogue.of(before), before.run(), now);
  }

  private static ModelStatus status(
      Model model,
      String phase,
      Standing standing,
      Catalogue catalogue,
      RunState run,
      Instant now) {
    ModelStatus before = model.getStatus();
    Long generation = model.getMetadata().getGeneration();
    return new ModelStatus(
        generation,
        phase,
        standing.conditions(before == null ? null : before.conditions(), generation, now),
        catalogue.newest(),
        catalogue.count(),
        catalogue.versions(),
        run);
  }

  private static Standing standing(String name, RunOrder order, RunStep step, Catalogue catalogue) {
    if (!Runs.isDone(step.run(), order)) {
      Standing inventory = RunStandings.of(step, order);
      return catalogue.isEmpty() ? inventory : inventory.whileReady();
    }
    if (catalogue.isEmpty()) {
      return Standing.ready(
          "Empty",
          "no version is recorded yet; a TrainingJob with model: %s does that".formatted(name));
    }
    ModelVersion newest = catalogue.newest();
    return Standing.ready(
        "VersionsRecorded",
        "version %d is the newest of %d: %s, the best constant has %s"
            .formatted(
                newest.number(), catalogue.count(), newest.headline(), newest.baselineHeadline()));
  }

  private static String phase(RunOrder order, RunStep step, Catalogue catalogue) {
    if (!catalogue.isEmpty()) {
      return "Ready";
    }
    if (Runs.isDone(step.run(), order)) {
      return "Empty";
    }
    return step.run().failure() == null ? "Pending" : "Failed";
  }

  private static List<EventDraft> events(
      ModelStatus before, Standing standing, Catalogue catalogue) {
    boolean isNews =
        !catalogue.isEmpty()
            && (before == null
                || before.newest() == null
                || before.newest().number() < catalogue.newest().number());
    List<EventDraft> verdict = Transitions.verdict(before, standing);
    return isNews && verdict.isEmpty()
        ? List.of(
            EventDraft.normal(
                "VersionAdded", "version %d is the newest".formatted(catalogue.newest().number())))
        : verdict;
  }
}
