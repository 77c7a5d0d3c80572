package dev.firstday.operator.model;

import dev.firstday.api.Errand;
import dev.firstday.api.Errand.Kind;
import dev.firstday.api.Model;
import dev.firstday.api.Retention;
import dev.firstday.api.RetentionState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.worker.RunStep;
import dev.firstday.operator.worker.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * When the versions of a model are swept: for another policy, a newer version, or a version that is
 * in use or no longer is; and when a grace period ends.
 *
 * @param state what is known of sweeps; null: nothing
 * @param swept what versions were last swept for; null: they were not
 */
record Sweeps(Model model, Pins pins, RetentionState state, String swept) {
  /** The workers' clocks may be behind: a grace period that ends is over for all after this. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  static Sweeps of(Model model, Pins pins) {
    return model.getStatus() == null
        ? new Sweeps(model, pins, null, null)
        : new Sweeps(model, pins, model.getStatus().retention(), model.getStatus().swept());
  }

  /** The same after a step of the errand's run. */
  Sweeps after(RunStep step, Errand errand) {
    boolean isOver = Runs.isOver(step.run()) && errand.kind() == Kind.RETENTION;
    return new Sweeps(model, pins, stateAfter(step), isOver ? errand.cause().split(" ")[0] : swept);
  }

  Optional<Errand> wanted(Catalogue catalogue, Instant now) {
    // what is not known to be unused is kept
    if (!pins.areComplete() || !isOfUse(catalogue)) {
      return Optional.empty();
    }
    String world = world(catalogue);
    boolean isDue = due().filter(at -> !at.isAfter(now)).isPresent();
    return world.equals(swept) && !isDue
        ? Optional.empty()
        : Optional.of(
            new Errand(
                Kind.RETENTION, isDue ? world + " due " + state.nextAt() : world, List.of(), null));
  }

  /** When there is something to sweep, if nothing happens before. */
  Optional<Instant> due() {
    return state == null || state.nextAt() == null
        ? Optional.empty()
        : Optional.of(state.nextAt().plus(SKEW));
  }

  boolean isDeleted(int number) {
    return state != null && state.deleted() != null && state.deleted().contains(number);
  }

  /** Where all versions are kept, marks are taken back, and what was begun is finished. */
  private boolean isOfUse(Catalogue catalogue) {
    Retention retention = model.getSpec().retention();
    return isMarked()
        || due().isPresent()
        || retention != null && catalogue.count() > retention.keepVersions();
  }

  private boolean isMarked() {
    return state != null && state.marked() != null && !state.marked().isEmpty();
  }

  /** Pins of what is kept anyway change nothing: a rollout of the newest version is no reason. */
  private String world(Catalogue catalogue) {
    Retention retention = model.getSpec().retention();
    int newest = catalogue.newestNumber();
    int kept = retention == null ? newest : retention.keepVersions();
    return Contract.digest(
        Arrays.asList(retention, newest, pins.numbers().headSet(newest - kept + 1)));
  }

  private RetentionState stateAfter(RunStep step) {
    if (!(step instanceof RunStep.Finish finish)) {
      return state;
    }
    if (finish.answer() instanceof RunResult.Sweep sweep) {
      return sweep.retention();
    }
    // the resource may be younger than the marks
    return state == null
            && finish.answer() instanceof RunResult.Inventory inventory
            && inventory.marked() != null
            && !inventory.marked().isEmpty()
        ? new RetentionState(inventory.marked(), null, null, null, null, null)
        : state;
  }
}
