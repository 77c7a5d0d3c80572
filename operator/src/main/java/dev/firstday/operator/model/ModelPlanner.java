package dev.firstday.operator.model;

import dev.firstday.api.Errand;
import dev.firstday.api.Errand.Subject;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelStatus;
import dev.firstday.contract.Contract;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.worker.RunEvents;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.RunStep;
import dev.firstday.operator.worker.Runs;
import dev.firstday.operator.worker.WorkerConfig;
import dev.firstday.operator.worker.WorkerState;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what is known of a model. S3 is listed once for each spec; after that training jobs tell
 * what they record. A version is inspected before anybody may serve it, and now and then afterwards
 * ({@link Errands}). The phases are those of {@link ModelStandings}.
 */
final class ModelPlanner {
  private ModelPlanner() {}

  static ModelPlan plan(Model model, ModelObservation seen, WorkerConfig config) {
    ModelStatus before = model.getStatus();
    Errands errands = errands(model, seen);
    Errand errand = errands.next();
    RunOrder order = errands.order(errand);
    RunStep step =
        Runs.advance(before == null ? null : before.run(), order, seen.workers(), seen.now());
    return plan(model, errands, step, seen, config);
  }

  /** The plan when the API server would not have the Job of the plan before. */
  static ModelPlan rejected(
      Model model,
      ModelPlan plan,
      WorkerState.Lost why,
      ModelObservation seen,
      WorkerConfig config) {
    Errands errands = errands(model, seen);
    RunOrder order = errands.order(errands.next());
    return plan(
        model,
        errands,
        Runs.rejected(plan.step(), order, why, seen.workers(), seen.now()),
        seen,
        config);
  }

  private static Errands errands(Model model, ModelObservation seen) {
    ModelStatus before = model.getStatus();
    Catalogue catalogue =
        Catalogue.of(model.getMetadata().getName(), before, seen.trainings())
            .listing(listing(model, seen));
    return Errands.of(
        model,
        new Known(
            catalogue,
            Health.of(before),
            Stream.concat(
                    served(seen.deployments()).stream(),
                    Aliases.of(model, catalogue, seen.now()).subjects())
                .distinct()
                .toList()),
        FreshData.of(seen.datasets()),
        Sweeps.of(model, Pins.of(model, seen.trainings(), seen.deployments(), seen.areReadable())),
        seen.now());
  }

  private static ModelPlan plan(
      Model model, Errands errands, RunStep step, ModelObservation seen, WorkerConfig config) {
    ModelStatus before = model.getStatus();
    Errand errand = errands.next();
    Errands after = errands.after(step, errand, listing(model, seen));
    Aliases aliases = Aliases.of(model, after.catalogue(), seen.now());
    ModelStandings standings = ModelStandings.of(model, after, aliases, step);
    Long generation = model.getMetadata().getGeneration();
    ModelStatus status =
        new ModelStatus(
            generation,
            standings.phase(),
            standings.conditions(before == null ? null : before.conditions(), generation),
            after.catalogue().newest(after.health()),
            after.catalogue().count(),
            after.catalogue().versions(),
            after.health().entries(),
            aliases.states(),
            after.inventory(),
            after.verified(),
            after.sweeps().state(),
            after.sweeps().swept(),
            after.reproductions().last(),
            errand,
            step.run());
    List<Job> start =
        step instanceof RunStep.Start
            ? List.of(
                ModelChildren.job(
                    model,
                    errand,
                    errands.order(errand),
                    step.run().job(),
                    listing(model, seen),
                    errands.sweeps().pins(),
                    config))
            : List.of();
    return new ModelPlan(
        step,
        start,
        wakeUp(step, after),
        status,
        RunEvents.of(before == null ? null : before.run(), step.run(), standings.events(before)));
  }

  /** The status when passes fail: what was known stays. */
  static ModelStatus failing(Model model, Standing standing, Instant now) {
    ModelStatus before = model.getStatus();
    Long generation = model.getMetadata().getGeneration();
    return before == null
        ? new ModelStatus(
            generation,
            "Pending",
            standing.conditions(null, generation, now),
            null,
            0,
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            null,
            null,
            null,
            null,
            null)
        : new ModelStatus(
            generation,
            before.phase(),
            standing.conditionsAndOwn(before.conditions(), generation, now),
            before.newest(),
            before.versionCount(),
            before.versions(),
            before.health(),
            before.aliases(),
            before.inventory(),
            before.verified(),
            before.retention(),
            before.swept(),
            before.reproduction(),
            before.errand(),
            before.run());
  }

  /** At once, where the next errand waits. */
  private static Optional<Instant> wakeUp(RunStep step, Errands after) {
    if (after.next() != null && !after.next().equals(after.doing())) {
      return Optional.of(after.now());
    }
    return Stream.concat(step.wakeUp().stream(), after.due().stream())
        .min(Comparator.naturalOrder());
  }

  private static Listing listing(Model model, ModelObservation seen) {
    return Listing.of(model, served(seen.deployments()));
  }

  private static List<Subject> served(List<ModelDeployment> deployments) {
    return deployments.stream()
        .flatMap(InUse::of)
        .filter(subject -> Contract.isDigest(subject.digest()))
        .toList();
  }
}
