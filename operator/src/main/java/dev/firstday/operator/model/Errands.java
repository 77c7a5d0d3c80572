package dev.firstday.operator.model;

import dev.firstday.api.Errand;
import dev.firstday.api.Errand.Kind;
import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.RunState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.RunStep;
import dev.firstday.operator.worker.Runs;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a model's one run at a time is about. The most urgent errand comes first:
 *
 * <ol>
 *   <li>an inventory, once for each spec;
 *   <li>an inspection of versions that were never inspected;
 *   <li>one of those that were inspected by another spec.signing;
 *   <li>one of all versions, when the annotation {@value Firstday#VERIFY_ANNOTATION} asks for it;
 *   <li>one of the newest, the served and the faulty versions, every so often;
 *   <li>a sweep, when there may be something that spec.retention no longer keeps, or keeps again;
 *   <li>an evaluation of the newest and the served versions, when there is newer data;
 *   <li>a reproduction of one, when the annotation {@value Firstday#REPRODUCE_ANNOTATION} asks for
 *       it: it takes long, and can wait.
 * </ol>
 *
 * What failed for good is noted of the version it was about, and is not tried again until there is
 * another cause. What failed for several versions is first tried for each alone.
 *
 * @param run the run so far; null when there was none
 * @param doing what that is about; null likewise
 * @param inventory the spec for which S3 was last listed, as a digest; null: it was not
 */
record Errands(
    Model model,
    RunState run,
    Errand doing,
    String inventory,
    Known known,
    FreshData data,
    Sweeps sweeps,
    Reproductions reproductions,
    Instant now) {

  static Errands of(Model model, Known known, FreshData data, Sweeps sweeps, Instant now) {
    ModelStatus before = model.getStatus();
    return new Errands(
        model,
        before == null ? null : before.run(),
        before == null ? null : before.errand(),
        before == null ? null : before.inventory(),
        known,
        data,
        sweeps,
        Reproductions.of(model),
        now);
  }

  Catalogue catalogue() {
    return known.catalogue();
  }

  Health health() {
    return known.health();
  }

  /** The same after a step of the errand's run. */
  Errands after(RunStep step, Errand errand, Listing listing) {
    Known after =
        new Known(
            catalogue().after(step).listing(listing),
            health().after(step, errand, SigningPolicy.of(model), now),
            known.served());
    String listed =
        Runs.isOver(step.run()) && errand.kind() == Kind.INVENTORY ? errand.cause() : inventory;
    return new Errands(
        model,
        step.run(),
        errand,
        listed,
        after.forgetting(),
        data,
        sweeps.after(step, errand),
        reproductions.after(step, errand, now).settled(after.catalogue(), isListed(listed), now),
        now);
  }

  /** The errand that the run is about from now on. */
  Errand next() {
    List<Errand> wanted = wanted().filter(errand -> !isEnded(errand)).toList();
    if (doing != null && !Runs.isOver(run) && !isSuperseded(wanted) && !isMoot(wanted)) {
      return doing;
    }
    return wanted.stream().findFirst().orElse(doing);
  }

  /** When there will be something to do again, if nothing happens before. */
  Optional<Instant> due() {
    return Stream.concat(inspections().due().stream(), sweeps.due().stream())
        .filter(at -> at.isAfter(now))
        .min(Comparator.naturalOrder());
  }

  /** What the annotation {@value Firstday#VERIFY_ANNOTATION} last asked for, once it is done. */
  String verified() {
    return inspections().verified();
  }

  RunOrder order(Errand errand) {
    return new RunOrder(
        Contract.digest(List.of(model.getMetadata().getUid(), errand)),
        model.getMetadata().getName(),
        switch (errand.kind()) {
          case INVENTORY -> RunResult.Inventory.class;
          case INSPECTION -> RunResult.Inspection.class;
          case RETENTION -> RunResult.Sweep.class;
          case EVALUATION -> RunResult.Evaluation.class;
          case REPRODUCTION -> RunResult.Reproduction.class;
        },
        RunOrder.UNLIMITED,
        null,
        false);
  }

  private boolean isSuperseded(List<Errand> wanted) {
    if (wanted.isEmpty()) {
      return false;
    }
    Errand first = wanted.get(0);
    return first.kind().compareTo(doing.kind()) < 0
        || first.kind() == doing.kind() && isOfItsMoment(doing.kind()) && !first.equals(doing);
  }

  /** What such a run would find is of no use when its cause is another one meanwhile. */
  private static boolean isOfItsMoment(Kind kind) {
    return switch (kind) {
      case INVENTORY, RETENTION, REPRODUCTION -> true;
      case INSPECTION, EVALUATION -> false;
    };
  }

  /** Whether it waits for another attempt at what nobody wants any more. */
  private boolean isMoot(List<Errand> wanted) {
    return run.retryAt() != null && !wanted.isEmpty() && !wanted.contains(doing);
  }

  private boolean isEnded(Errand errand) {
    return Runs.isOver(run) && run.uid().equals(order(errand).uid());
  }

  /** The most urgent first. */
  private Stream<Errand> wanted() {
    return Stream.of(
            listing().stream(),
            inspections().wanted(),
            sweeps.wanted(catalogue(), now).stream(),
            data.evaluation(known).stream(),
            reproductions.wanted(catalogue()).stream())
        .flatMap(errands -> errands);
  }

  private Optional<Errand> listing() {
    return isListed(inventory)
        ? Optional.empty()
        : Optional.of(
            new Errand(Kind.INVENTORY, Contract.digest(model.getSpec()), List.of(), null));
  }

  private boolean isListed(String spec) {
    return Contract.digest(model.getSpec()).equals(spec);
  }

  private Inspections inspections() {
    return new Inspections(model, known, hasFailedTogether(), now);
  }

  /** Whether nobody knows which of several versions was too much for the last inspection. */
  private boolean hasFailedTogether() {
    return doing != null
        && doing.kind() == Kind.INSPECTION
        && doing.versions().size() > 1
        && Runs.isOver(run)
        && run.failure() != null;
  }
}
