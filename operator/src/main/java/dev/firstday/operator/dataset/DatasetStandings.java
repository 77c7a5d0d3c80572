package dev.firstday.operator.dataset;

import dev.firstday.api.Condition;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.RunState;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.kube.Transitions;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.RunStandings;
import dev.firstday.operator.worker.RunStep;
import dev.firstday.operator.worker.Runs;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Phase, conditions and events of a data set after a step of its run.
 *
 * @param before null when there was none
 */
record DatasetStandings(
    RunOrder order,
    Turn turn,
    RunStep step,
    DatasetStatus before,
    Versions versions,
    RefreshClock clock) {

  String phase() {
    if (order.suspended()) {
      return "Suspended";
    }
    if (isDone()) {
      return settledPhase();
    }
    if (!turn.isForSpec()) {
      return work().state() == Standing.State.STALLED ? "Failed" : "Refreshing";
    }
    if (step instanceof RunStep.Follow follow && follow.isRunning()) {
      return "Snapshotting";
    }
    return step.run().failure() != null ? "Failed" : "Pending";
  }

  List<Condition> conditions(Long generation, Instant now) {
    List<Condition> previous = before == null ? null : before.conditions();
    Standing standing = standing();
    Optional<Standing> verdict = verdict();
    return standing.state() == Standing.State.RECONCILING && verdict.isPresent()
        ? standing.conditionsBeside(verdict.get(), previous, generation, now)
        : standing.conditions(previous, generation, now);
  }

  /** A verdict that is new, or else a version that is. */
  List<EventDraft> events() {
    List<EventDraft> verdict = Transitions.verdict(before, standing());
    if (before == null || !verdict.isEmpty() || !isDone()) {
      return verdict;
    }
    if (isNew(versions.refused(), before.refused())) {
      return List.of(EventDraft.warning("VersionRefused", words().refusal()));
    }
    return isNew(versions.latest(), before.latest())
        ? List.of(EventDraft.normal("VersionAdded", words().summary()))
        : List.of();
  }

  private Standing standing() {
    Optional<Standing> verdict = verdict();
    if (order.suspended()) {
      Standing suspended =
          Standing.suspended(
              "Suspended",
              "spec.suspend is true: nothing is built or checked; set it to false to go on");
      return verdict.filter(Standing::ready).isPresent() ? suspended.whileReady() : suspended;
    }
    return isDone() ? verdict.orElseThrow() : work();
  }

  /** What the run says that is not done. A damaged version is a verdict whoever can mend it. */
  private Standing work() {
    RunState run = step.run();
    return RunResult.VERSION_DAMAGED.equals(run.failure())
        ? Standing.stalled(run.failure(), Runs.failureMessage(run))
        : RunStandings.of(step, order);
  }

  /**
   * What is known of the versions as the spec wants them; a turn changes nothing of it until its
   * end.
   */
  private Optional<Standing> verdict() {
    if (isDone()) {
      return Optional.of(judged());
    }
    if (turn.isForSpec() || before == null || before.conditions() == null) {
      return Optional.empty();
    }
    if (before.holds(Standing.READY)) {
      return Optional.ofNullable(versions.latest()).map(latest -> good());
    }
    return before.holds(Standing.STALLED)
        ? before
            .condition(Standing.READY)
            .map(condition -> Standing.stalled(condition.reason(), condition.message()))
        : Optional.empty();
  }

  private Standing judged() {
    if (versions.refused() != null) {
      return Standing.stalled("ChecksFailed", words().refusal());
    }
    if (versions.hasRelapsed()) {
      return Standing.stalled("ChecksFailed", words().relapse());
    }
    return clock.isInvalid()
        ? Standing.stalled(RefreshFault.REASON, "%s; %s".formatted(clock.fault(), words().inUse()))
        : good();
  }

  private Standing good() {
    return Standing.ready("ChecksPassed", words().summary());
  }

  private String settledPhase() {
    if (versions.refused() != null) {
      return "Refused";
    }
    if (versions.hasRelapsed()) {
      return "Degraded";
    }
    return clock.isInvalid() ? "Failed" : "Ready";
  }

  private boolean isDone() {
    return Runs.isDone(step.run(), order);
  }

  private DatasetWords words() {
    return new DatasetWords(versions);
  }

  private static boolean isNew(DatasetStatus.Version version, DatasetStatus.Version known) {
    return version != null && (known == null || !Objects.equals(version.number(), known.number()));
  }
}
