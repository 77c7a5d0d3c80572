package dev.firstday.operator.model;

import dev.firstday.api.Errand;
import dev.firstday.api.Errand.Kind;
import dev.firstday.api.Errand.Subject;
import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.RunState;
import dev.firstday.api.VersionHealth;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.RunStep;
import dev.firstday.operator.worker.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a model's one run at a time is about. The most urgent errand comes first:
 *
 * <ol>
 *   <li>an inventory, once for each spec;
 *   <li>an inspection of versions that were never inspected;
 *   <li>one of all versions, when the annotation {@value Firstday#VERIFY_ANNOTATION} asks for it;
 *   <li>one of the newest, the served and the faulty versions, every so often;
 *   <li>an evaluation of the newest and the served versions, when there is newer data.
 * </ol>
 *
 * What failed for good is noted of the version it was about, and is not tried again until there is
 * another cause. What failed for several versions is first tried for each alone.
 *
 * @param run the run so far; null when there was none
 * @param doing what that is about; null likewise
 * @param served versions that a Deployment has as stable or as candidate, or that have an alias
 */
record Errands(
    Model model,
    RunState run,
    Errand doing,
    String inventory,
    Catalogue catalogue,
    Health health,
    List<Subject> served,
    FreshData data,
    Instant now) {
  private static final int EVERY_HOURS = 24;

  /** So many findings fit into one answer, and so many scores. */
  private static final int AT_A_TIME = 10;

  private static final int SCORES_AT_A_TIME = 4;

  private static final int LONGEST_VALUE = 64;

  static Errands of(
      Model model,
      Catalogue catalogue,
      Health health,
      List<Subject> served,
      FreshData data,
      Instant now) {
    ModelStatus before = model.getStatus();
    return new Errands(
        model,
        before == null ? null : before.run(),
        before == null ? null : before.errand(),
        before == null ? null : before.inventory(),
        catalogue,
        health,
        served,
        data,
        now);
  }

  /** The same after a step of the errand's run. */
  Errands after(RunStep step, Errand errand, Listing listing) {
    Catalogue known = catalogue.after(step).listing(listing);
    Errands after =
        new Errands(
            model,
            step.run(),
            errand,
            Runs.isOver(step.run()) && errand.kind() == Kind.INVENTORY ? errand.cause() : inventory,
            known,
            health.after(step, errand, now),
            served,
            data,
            now);
    return after.forgetting();
  }

  /** Of versions that are gone, and of how those score that nobody serves any more. */
  private Errands forgetting() {
    return new Errands(
        model,
        run,
        doing,
        inventory,
        catalogue,
        health.of(subjects()).scoredOnly(this::isInUse),
        served,
        data,
        now);
  }

  /** The errand that the run is about from now on. */
  Errand next() {
    List<Errand> wanted = wanted().stream().filter(errand -> !isEnded(errand)).toList();
    if (doing != null && !Runs.isOver(run) && !isSuperseded(wanted) && !isMoot(wanted)) {
      return doing;
    }
    return wanted.stream().findFirst().orElse(doing);
  }

  /** When there will be something to do again, if nothing happens before. */
  Optional<Instant> due() {
    return period().isZero()
        ? Optional.empty()
        : watched()
            .flatMap(subject -> health.of(subject.digest()).stream())
            .map(VersionHealth::inspectedAt)
            .min(Instant::compareTo)
            .map(oldest -> oldest.plus(period().multipliedBy(elapsed(oldest) + 1)));
  }

  /** What the annotation last asked for, once it is done. */
  String verified() {
    return asked() != null && askedFor().isEmpty()
        ? asked()
        : model.getStatus() == null ? null : model.getStatus().verified();
  }

  /** All versions there is something to say of, newest first. */
  List<Subject> subjects() {
    return Stream.concat(catalogue.versions().stream().map(Errands::subject), served.stream())
        .distinct()
        .sorted(Comparator.comparing(Subject::number).reversed())
        .toList();
  }

  RunOrder order(Errand errand) {
    return new RunOrder(
        Contract.digest(List.of(model.getMetadata().getUid(), errand)),
        model.getMetadata().getName(),
        switch (errand.kind()) {
          case INVENTORY -> RunResult.Inventory.class;
          case INSPECTION -> RunResult.Inspection.class;
          case EVALUATION -> RunResult.Evaluation.class;
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
        || first.kind() == Kind.INVENTORY && !first.equals(doing);
  }

  /** Whether it waits for another attempt at what nobody wants any more. */
  private boolean isMoot(List<Errand> wanted) {
    return run.retryAt() != null && !wanted.isEmpty() && !wanted.contains(doing);
  }

  private boolean isEnded(Errand errand) {
    return Runs.isOver(run) && run.uid().equals(order(errand).uid());
  }

  private List<Errand> wanted() {
    List<Errand> wanted = new ArrayList<>();
    String spec = Contract.digest(model.getSpec());
    if (!spec.equals(inventory)) {
      wanted.add(new Errand(Kind.INVENTORY, spec, List.of(), null));
    }
    inspection(
            "Recorded", subjects().stream().filter(s -> health.of(s.digest()).isEmpty()).toList())
        .ifPresent(wanted::add);
    inspection("Asked " + asked(), askedFor()).ifPresent(wanted::add);
    scheduled().ifPresent(wanted::add);
    evaluation().ifPresent(wanted::add);
    return wanted;
  }

  private Optional<Errand> inspection(String cause, List<Subject> versions) {
    int most = hasFailedTogether() ? 1 : AT_A_TIME;
    return versions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Errand(
                Kind.INSPECTION,
                cause,
                versions.subList(0, Math.min(most, versions.size())),
                null));
  }

  /** Whether nobody knows which of several versions was too much for the last inspection. */
  private boolean hasFailedTogether() {
    return doing != null
        && doing.kind() == Kind.INSPECTION
        && doing.versions().size() > 1
        && Runs.isOver(run)
        && run.failure() != null;
  }

  /** Of the versions that one data set has something new for, the newest first. */
  private Optional<Errand> evaluation() {
    List<ModelVersion> stale =
        catalogue.versions().stream()
            .filter(health::passed)
            .filter(version -> isInUse(subject(version)))
            .filter(version -> data.newTo(version, health).isPresent())
            .toList();
    return stale.stream()
        .findFirst()
        .flatMap(version -> data.newTo(version, health))
        .map(
            fresh ->
                new Errand(
                    Kind.EVALUATION,
                    "NewData",
                    stale.stream()
                        .filter(v -> data.newTo(v, health).equals(Optional.of(fresh)))
                        .limit(SCORES_AT_A_TIME)
                        .map(Errands::subject)
                        .toList(),
                    fresh));
  }

  /** Any text is a value; a long one stands in its digest's place, since each version notes it. */
  private String asked() {
    Map<String, String> annotations = model.getMetadata().getAnnotations();
    String value = annotations == null ? null : annotations.get(Firstday.VERIFY_ANNOTATION);
    return value == null || value.length() <= LONGEST_VALUE ? value : Contract.digest(value);
  }

  /** More versions than fit into one answer are looked at in several runs. */
  private List<Subject> askedFor() {
    String done = model.getStatus() == null ? null : model.getStatus().verified();
    return asked() == null || asked().equals(done)
        ? List.of()
        : subjects().stream()
            .filter(
                s ->
                    health
                        .of(s.digest())
                        .filter(entry -> entry.cause().equals("Asked " + asked()))
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
    List<VersionHealth> due =
        watched()
            .flatMap(subject -> health.of(subject.digest()).stream())
            .filter(entry -> elapsed(entry.inspectedAt()) > 0)
            .toList();
    return due.stream()
        .map(VersionHealth::inspectedAt)
        .min(Instant::compareTo)
        .flatMap(
            oldest ->
                inspection(
                    "Scheduled " + oldest.plus(period().multipliedBy(elapsed(oldest))),
                    due.stream().map(e -> new Subject(e.number(), e.digest())).toList()));
  }

  /** The versions that matter: those in use, and those that may be well again. */
  private Stream<Subject> watched() {
    return subjects().stream()
        .filter(
            subject ->
                isInUse(subject)
                    || health.of(subject.digest()).filter(h -> !h.passed()).isPresent());
  }

  /** Whether it is served, or is what would be served next. */
  private boolean isInUse(Subject version) {
    return served.contains(version)
        || !catalogue.isEmpty() && version.equals(subject(catalogue.versions().get(0)))
        || Optional.ofNullable(catalogue.newest(health))
            .map(Errands::subject)
            .filter(version::equals)
            .isPresent();
  }

  /** Whole periods since then. */
  private long elapsed(Instant then) {
    return Duration.between(then, now).dividedBy(period());
  }

  private Duration period() {
    ModelSpec.Verification verification = model.getSpec().verification();
    return Duration.ofHours(
        verification == null
            ? EVERY_HOURS
            : Objects.requireNonNullElse(verification.everyHours(), EVERY_HOURS));
  }

  private static Subject subject(ModelVersion version) {
    return new Subject(version.number(), version.digest());
  }
}
