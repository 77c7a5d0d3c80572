package dev.firstday.operator.model;

import dev.firstday.api.Errand;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.VersionHealth;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Inspection.Finding;
import dev.firstday.operator.worker.RunStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What inspections have found of versions. A version is served to nobody before it has passed one.
 *
 * @param entries newest version first
 */
record Health(List<VersionHealth> entries) {
  private static final int LONGEST_MESSAGE = 500;

  static Health of(ModelStatus status) {
    return new Health(status == null || status.health() == null ? List.of() : status.health());
  }

  /** What is known after the step, of the versions that the errand was about. */
  Health after(RunStep step, Errand errand, Instant now) {
    if (!(step instanceof RunStep.Finish finish
        && finish.answer() instanceof RunResult.Inspection inspection)) {
      return this;
    }
    List<VersionHealth> known = new ArrayList<>(entries);
    for (Errand.Subject subject : errand.versions()) {
      known.removeIf(entry -> entry.digest().equals(subject.digest()));
      known.add(entry(subject, findingOf(subject, inspection), errand.cause(), now));
    }
    known.sort(Comparator.comparing(VersionHealth::number).reversed());
    return new Health(List.copyOf(known));
  }

  /** Without versions that nobody speaks of any more. */
  Health of(Collection<Errand.Subject> versions) {
    return new Health(
        entries.stream()
            .filter(entry -> versions.stream().anyMatch(v -> v.digest().equals(entry.digest())))
            .toList());
  }

  Optional<VersionHealth> of(String digest) {
    return entries.stream().filter(entry -> entry.digest().equals(digest)).findFirst();
  }

  boolean passed(ModelVersion version) {
    return of(version.digest()).filter(VersionHealth::passed).isPresent();
  }

  List<VersionHealth> faulty() {
    return entries.stream().filter(entry -> !entry.passed()).toList();
  }

  private static VersionHealth entry(
      Errand.Subject subject, Finding finding, String cause, Instant now) {
    return new VersionHealth(
        subject.number(), subject.digest(), now, cause, finding.fault(), cut(finding.message()));
  }

  /** A version that the answer does not name is not taken for a good one. */
  private static Finding findingOf(Errand.Subject subject, RunResult.Inspection inspection) {
    return inspection.findings().stream()
        .filter(finding -> finding.digest().equals(subject.digest()))
        .findFirst()
        .orElse(
            new Finding(
                subject.number(),
                subject.digest(),
                "NotInspected",
                "the inspection's answer does not name it; do operator and server image have the same release?"));
  }

  /** Answers come from pods, and are as long as they like. */
  private static String cut(String message) {
    return message == null || message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "...";
  }
}
