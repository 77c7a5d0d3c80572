package dev.firstday.operator.model;

import dev.firstday.api.Errand;
import dev.firstday.api.Errand.Kind;
import dev.firstday.api.Errand.Subject;
import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.VersionHealth;
import dev.firstday.contract.Contract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which versions are to be inspected, and why.
 *
 * @param oneByOne whether nobody knows which of several versions was too much for the last
 *     inspection
 */
record Inspections(Model model, Known known, boolean oneByOne, Instant now) {
  /** So many findings fit into one answer. */
  private static final int AT_A_TIME = 10;

  private static final int LONGEST_VALUE = 64;
  private static final String ASKED = "Asked ";

  /** Whether somebody asked for it: then there is time for gigabytes of data, too. */
  static boolean isAsked(Errand errand) {
    return errand.cause().startsWith(ASKED);
  }

  /** The most urgent first. */
  Stream<Errand> wanted() {
    SigningPolicy signing = SigningPolicy.of(model);
    List<Subject> recorded =
        known.subjects().stream().filter(s -> known.health().of(s.digest()).isEmpty()).toList();
    return Stream.of(
            inspection("Recorded", recorded),
            inspection("Signing " + signing.digest(), judgedOtherwise(signing)),
            inspection(ASKED + asked(), askedFor()),
            scheduled())
        .flatMap(Optional::stream);
  }

  /** When there will be something to inspect again, if nothing happens before. */
  Optional<Instant> due() {
    return period().isZero()
        ? Optional.empty()
        : watched()
            .map(VersionHealth::inspectedAt)
            .min(Instant::compareTo)
            .map(oldest -> oldest.plus(period().multipliedBy(elapsed(oldest) + 1)));
  }

  /** What the annotation last asked for, once it is done. */
  String verified() {
    return asked() != null && askedFor().isEmpty() ? asked() : done();
  }

  /** What they were found to be by a spec.signing that is no more. */
  private List<Subject> judgedOtherwise(SigningPolicy signing) {
    return known.subjects().stream()
        .filter(
            subject ->
                known
                    .health()
                    .of(subject.digest())
                    .filter(entry -> !signing.isThatOf(entry))
                    .isPresent())
        .toList();
  }

  private Optional<Errand> inspection(String cause, List<Subject> versions) {
    int most = oneByOne ? 1 : AT_A_TIME;
    return versions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Errand(
                Kind.INSPECTION,
                cause,
                versions.subList(0, Math.min(most, versions.size())),
                null));
  }

  /** Any text is a value; a long one stands in its digest's place, since each version notes it. */
  private String asked() {
    Map<String, String> annotations = model.getMetadata().getAnnotations();
    String value = annotations == null ? null : annotations.get(Firstday.VERIFY_ANNOTATION);
    return value == null || value.length() <= LONGEST_VALUE ? value : Contract.digest(value);
  }

  private String done() {
    return model.getStatus() == null ? null : model.getStatus().verified();
  }

  /** More versions than fit into one answer are looked at in several runs. */
  private List<Subject> askedFor() {
    return asked() == null || asked().equals(done())
        ? List.of()
        : known.subjects().stream()
            .filter(
                s ->
                    known
                        .health()
                        .of(s.digest())
                        .filter(entry -> entry.cause().equals(ASKED + asked()))
                        .isEmpty())
            .toList();
  }

  /**
   * Each period is another cause, so that one whose run failed for good is followed by the next.
   */
  private Optional<Errand> scheduled() {
    if (period().isZero()) {
      return Optional.empty();
    }
    List<VersionHealth> due = watched().filter(entry -> elapsed(entry.inspectedAt()) > 0).toList();
    return due.stream()
        .map(VersionHealth::inspectedAt)
        .min(Instant::compareTo)
        .flatMap(
            oldest ->
                inspection(
                    "Scheduled " + oldest.plus(period().multipliedBy(elapsed(oldest))),
                    due.stream().map(e -> new Subject(e.number(), e.digest())).toList()));
  }

  /** What is known of the versions that matter: those in use, and those that may be well again. */
  private Stream<VersionHealth> watched() {
    return known.subjects().stream()
        .flatMap(
            subject ->
                known.health().of(subject.digest()).stream()
                    .filter(entry -> known.isInUse(subject) || !entry.passed()));
  }

  /** Whole periods since then. */
  private long elapsed(Instant then) {
    return Duration.between(then, now).dividedBy(period());
  }

  private Duration period() {
    return model.getSpec().inspectedEvery();
  }
}
