package dev.firstday.operator.model;

import dev.firstday.api.Errand;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.RunState;
import dev.firstday.api.VersionHealth;
import dev.firstday.api.VersionHealth.DataState;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Evaluation.Score;
import dev.firstday.contract.RunResult.Inspection.Finding;
import dev.firstday.operator.worker.RunStep;
import dev.firstday.operator.worker.Runs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What inspections and evaluations have found of versions. A version is served to nobody before it
 * has passed an inspection; what an evaluation has against one is told, and stops nothing.
 *
 * @param entries newest version first
 */
record Health(List<VersionHealth> entries) {
  static Health of(ModelStatus status) {
    return new Health(status == null || status.health() == null ? List.of() : status.health());
  }

  /** What is known after the step, of the versions that the errand was about. */
  Health after(RunStep step, Errand errand, SigningPolicy signing, Instant now) {
    if (step instanceof RunStep.Finish finish
        && finish.answer() instanceof RunResult.Inspection inspection) {
      return with(
          errand,
          subject ->
              inspected(subject, findingOf(subject, inspection, signing), errand.cause(), now));
    }
    if (step instanceof RunStep.Finish finish
        && finish.answer() instanceof RunResult.Evaluation evaluation) {
      return with(
          errand, subject -> scored(subject, scoreOf(subject, evaluation), errand.data(), now));
    }
    return Runs.isOver(step.run()) && step.run().failure() != null
        ? failed(step.run(), errand, signing, now)
        : this;
  }

  /** A run that will not be tried again: what it was about is not known to be well. */
  private Health failed(RunState run, Errand errand, SigningPolicy signing, Instant now) {
    if (errand.kind() == Errand.Kind.EVALUATION) {
      Score none = new Score(0, "", null, run.failure(), run.message());
      return with(errand, subject -> scored(subject, none, errand.data(), now));
    }
    if (errand.kind() == Errand.Kind.INVENTORY || errand.versions().size() > 1) {
      return this;
    }
    Finding none = new Finding(0, "", run.failure(), run.message(), signing.unsigned());
    return with(errand, subject -> inspected(subject, none, errand.cause(), now));
  }

  private Health with(Errand errand, Function<Errand.Subject, Optional<VersionHealth>> news) {
    List<VersionHealth> known = new ArrayList<>(entries);
    for (Errand.Subject subject : errand.versions()) {
      news.apply(subject)
          .ifPresent(
              entry -> {
                known.removeIf(old -> old.digest().equals(entry.digest()));
                known.add(entry);
              });
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

  /** With the scores of those versions alone. */
  Health scoredOnly(Predicate<Errand.Subject> inUse) {
    return new Health(
        entries.stream()
            .map(
                entry ->
                    inUse.test(new Errand.Subject(entry.number(), entry.digest()))
                        ? entry
                        : entry.with(null))
            .toList());
  }

  Optional<VersionHealth> of(String digest) {
    return entries.stream().filter(entry -> entry.digest().equals(digest)).findFirst();
  }

  boolean passed(ModelVersion version) {
    return of(version.digest()).filter(VersionHealth::passed).isPresent();
  }

  /** The versions that something is to be told of. */
  List<VersionHealth> complaints() {
    return entries.stream().filter(entry -> entry.complaint() != null).toList();
  }

  private Optional<VersionHealth> inspected(
      Errand.Subject subject, Finding finding, String cause, Instant now) {
    return Optional.of(
        new VersionHealth(
            subject.number(),
            subject.digest(),
            now,
            cause,
            Words.reason(finding.fault(), "NotInspected"),
            Words.cut(finding.message()),
            of(subject.digest()).map(VersionHealth::evaluation).orElse(null),
            SigningPolicy.said(finding.signature()),
            finding.data() == null
                ? of(subject.digest()).map(VersionHealth::data).orElse(null)
                : said(finding.data(), now)));
  }

  /** What a pod says, as a status has it. */
  private static DataState said(DataState state, Instant now) {
    return new DataState(
        now, Words.reason(state.fault(), "NotInspected"), Words.cut(state.message()));
  }

  private Optional<VersionHealth> scored(
      Errand.Subject subject, Score score, Errand.Data data, Instant now) {
    return of(subject.digest())
        .map(
            known ->
                known.with(
                    new VersionHealth.Evaluation(
                        data.reference(),
                        now,
                        score.metrics(),
                        Words.reason(score.fault(), "NotScored"),
                        Words.cut(score.message()))));
  }

  private static Score scoreOf(Errand.Subject subject, RunResult.Evaluation evaluation) {
    return evaluation.scores().stream()
        .filter(score -> score.digest().equals(subject.digest()))
        .findFirst()
        .orElse(
            new Score(
                subject.number(),
                subject.digest(),
                null,
                "NotScored",
                "the evaluation's answer does not name it; do operator and trainer image have the same release?"));
  }

  /** A version that the answer does not name is not taken for a good one. */
  private static Finding findingOf(
      Errand.Subject subject, RunResult.Inspection inspection, SigningPolicy signing) {
    return inspection.findings().stream()
        .filter(finding -> finding.digest().equals(subject.digest()))
        .map(signing::judged)
        .findFirst()
        .orElse(
            new Finding(
                subject.number(),
                subject.digest(),
                "NotInspected",
                "the inspection's answer does not name it; do operator and server image have the same release?",
                signing.unsigned()));
  }
}
