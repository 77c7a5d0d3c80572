package dev.firstday.operator.model;

import dev.firstday.api.Condition;
import dev.firstday.api.Errand;
import dev.firstday.api.Model;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.VersionHealth;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.kube.Transitions;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.RunStandings;
import dev.firstday.operator.worker.RunStep;
import dev.firstday.operator.worker.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a model's status says. Its phases are
 *
 * <ul>
 *   <li>Pending: the inventory is under way and no version is known;
 *   <li>Empty: there is no version yet;
 *   <li>Testing: there are versions, and none has passed its inspection yet;
 *   <li>Ready: there are versions to serve;
 *   <li>Degraded: there are, and one that has a fault, or scores worse than it may;
 *   <li>Failed: there is none to serve: all have a fault, or the inventory failed.
 * </ul>
 *
 * A run that is under way or failed keeps no version from being served.
 *
 * @param newest the newest version that may be served; null when there is none
 */
record ModelStandings(
    String model,
    Errands errands,
    Aliases aliases,
    RunOrder order,
    RunStep step,
    ModelVersion newest) {
  static final String DEGRADED = "Degraded";

  /**
   * @param after what is known after the step
   */
  static ModelStandings of(Model model, Errands after, Aliases aliases, RunStep step) {
    return new ModelStandings(
        model.getMetadata().getName(),
        after,
        aliases,
        after.order(after.doing()),
        step,
        after.catalogue().newest(after.health()));
  }

  String phase() {
    if (newest != null) {
      return complaints().isEmpty() ? "Ready" : "Degraded";
    }
    if (!errands.catalogue().isEmpty()) {
      return isUntested() ? "Testing" : "Failed";
    }
    if (isInventoryDone()) {
      return "Empty";
    }
    return step.run().failure() == null ? "Pending" : "Failed";
  }

  /** The four that every kind has, and whether there is something to say of a version. */
  List<Condition> conditions(List<Condition> previous, Long generation) {
    List<Condition> all =
        new ArrayList<>(standing().conditions(previous, generation, errands.now()));
    all.add(
        Standing.condition(
            DEGRADED,
            !complaints().isEmpty(),
            complaints().isEmpty() ? "" : complaints().get(0).complaint(),
            complaints().stream().map(VersionHealth::words).collect(Collectors.joining("; ")),
            previous,
            generation,
            errands.now()));
    return List.copyOf(all);
  }

  List<EventDraft> events(ModelStatus before) {
    List<EventDraft> events = new ArrayList<>(Transitions.verdict(before, standing()));
    if (events.isEmpty() && isNews(before)) {
      events.add(
          EventDraft.normal("VersionAdded", "version %d is the newest".formatted(newest.number())));
    }
    Health known = Health.of(before);
    errands
        .reproductions()
        .news(before == null ? null : before.reproduction())
        .ifPresent(events::add);
    events.addAll(SweepNews.of(before, errands.sweeps().state()));
    complaints().stream()
        .filter(entry -> !isTold(entry, known))
        .map(entry -> EventDraft.warning(entry.complaint(), entry.words()))
        .forEach(events::add);
    return events;
  }

  private boolean isNews(ModelStatus before) {
    return newest != null
        && (before == null
            || before.newest() == null
            || before.newest().number() < newest.number());
  }

  private Standing standing() {
    boolean quiet = Runs.isDone(step.run(), order) || !isInventory() && !isStuck();
    if (newest != null) {
      return quiet ? dangling().orElseGet(this::ready) : run().whileReady();
    }
    if (!errands.catalogue().isEmpty()) {
      return isUntested() ? untested() : faulted();
    }
    return Runs.isDone(step.run(), order)
        ? Standing.ready(
            "Empty",
            "no version is recorded yet; a TrainingJob with model: %s does that".formatted(model))
        : run();
  }

  private Standing ready() {
    return Standing.ready(
        "VersionsRecorded",
        "version %d is the newest of %d: %s, the best constant has %s"
            .formatted(
                newest.number(),
                errands.catalogue().count(),
                newest.headline(),
                newest.baselineHeadline()));
  }

  /** What an alias that names no version keeps nobody from is to use the others. */
  private Optional<Standing> dangling() {
    return aliases.dangling().stream()
        .findFirst()
        .map(
            alias ->
                Standing.stalled(
                        "AliasDangling",
                        "spec.aliases: %s names version %d, and %s; move it to one that is recorded"
                            .formatted(
                                alias.name(),
                                alias.now().version(),
                                errands.sweeps().isDeleted(alias.now().version())
                                    ? "spec.retention has deleted it"
                                    : "there is none of that number"))
                    .whileReady());
  }

  private Standing untested() {
    return Runs.isDone(step.run(), order)
        ? Standing.reconciling(
            "InspectionWaits", "a pod of the server image is about to load the versions")
        : run();
  }

  private Standing faulted() {
    VersionHealth first = complaints().get(0);
    return Standing.stalled(first.complaint(), first.words());
  }

  private Standing run() {
    return RunStandings.of(step, order);
  }

  private boolean isStuck() {
    return Runs.isStuck(step.run(), order);
  }

  private boolean isInventory() {
    return errands.doing().kind() == Errand.Kind.INVENTORY;
  }

  private boolean isInventoryDone() {
    return !isInventory() || Runs.isDone(step.run(), order);
  }

  private boolean isUntested() {
    return errands.catalogue().versions().stream()
        .anyMatch(version -> errands.health().of(version.digest()).isEmpty());
  }

  private List<VersionHealth> complaints() {
    return errands.health().complaints();
  }

  private static boolean isTold(VersionHealth entry, Health known) {
    return known
        .of(entry.digest())
        .filter(before -> Objects.equals(before.complaint(), entry.complaint()))
        .isPresent();
  }
}
