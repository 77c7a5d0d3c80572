package dev.firstday.operator.deployment;

import dev.firstday.api.Condition;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.contract.RouterReport;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.kube.Standing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Columns that the spec names and no version has: a misspelt one is kept in captured requests.
 * Routers know the versions' columns.
 *
 * @param revision of the routes that were recorded
 */
record ColumnRules(DeploymentObservation seen, long revision) {
  static final String UNKNOWN = "UnknownColumns";
  private static final int TOLD = 5;

  /** The condition, where there is something to say; what was said stays while no router tells. */
  Optional<Condition> condition(ModelDeploymentStatus previous) {
    Optional<Condition> before =
        previous == null || previous.conditions() == null
            ? Optional.empty()
            : previous.condition(UNKNOWN);
    return told()
        .map(columns -> columns.isEmpty() ? Optional.<Condition>empty() : made(columns, previous))
        .orElse(before);
  }

  private Optional<Condition> made(List<String> columns, ModelDeploymentStatus previous) {
    return Optional.of(
        Standing.condition(
            UNKNOWN,
            true,
            "UnknownColumn",
            words(columns),
            previous == null ? null : previous.conditions(),
            seen.generation(),
            seen.now()));
  }

  /** Told when it is seen, and when it is another one. */
  Optional<EventDraft> event(ModelDeploymentStatus previous) {
    Optional<String> before =
        previous == null || previous.conditions() == null
            ? Optional.empty()
            : previous.condition(UNKNOWN).map(Condition::message);
    return condition(previous)
        .filter(now -> !before.equals(Optional.ofNullable(now.message())))
        .map(now -> EventDraft.warning(now.reason(), now.message()));
  }

  /** By a router that follows the routes; empty: none does, or none knows. */
  private Optional<List<String>> told() {
    return seen.reports().stream()
        .filter(report -> report.revision() == revision)
        .map(RouterReport::unknownColumns)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static String words(List<String> columns) {
    String more = columns.size() > TOLD ? "; and %d more".formatted(columns.size() - TOLD) : "";
    return String.join("; ", columns.subList(0, Math.min(TOLD, columns.size()))) + more;
  }
}
