package dev.firstday.operator.deployment;

import dev.firstday.operator.deployment.canary.Evidence;
import dev.firstday.operator.deployment.canary.Finding;
import dev.firstday.operator.deployment.canary.MetricResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What all checks say of a candidate, by all that was compared since it is on trial. */
record Findings(List<Finding> all) {

  static Findings of(Settings settings, DeploymentObservation seen, Evidence evidence) {
    List<Finding> all =
        new ArrayList<>(settings.checklist().judge(evidence.pairs(), evidence.live()));
    settings.checklist().distribution(evidence.pairs()).ifPresent(all::add);
    settings.checks().prometheus().stream()
        .map(check -> new MetricResult(check, seen.metric(check.name())))
        .forEach(all::add);
    return new Findings(List.copyOf(all));
  }

  /** The first that rolls the candidate back. */
  Optional<Finding> failure() {
    return all.stream().filter(Finding::stops).findFirst();
  }

  /** Whether none keeps it from going on. */
  boolean allow() {
    return all.stream().allMatch(Finding::allows);
  }

  /** What is still needed; empty when nothing is. */
  String outlook() {
    return all.stream()
        .filter(finding -> !finding.allows())
        .map(finding -> finding.evidenceInWords() + ", " + finding.outlook())
        .collect(Collectors.joining("; "));
  }
}
