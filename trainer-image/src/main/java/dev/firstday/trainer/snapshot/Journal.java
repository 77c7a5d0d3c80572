package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetStatus;
import dev.firstday.contract.Run;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.sdk.data.CheckRecord;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.ResultLog;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.VersionLog;
import dev.firstday.sdk.store.VersionRecord;
import dev.firstday.trainer.check.CheckReport;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a run writes down of a data set: first the result of its checks, which holds the run to what
 * it found, then the version.
 */
final class Journal {
  private final Run.Snapshot run;
  private final ResultLog results;
  private final VersionLog versions;
  private final Clock clock;

  Journal(Store store, Run.Snapshot run, Clock clock) {
    this.run = run;
    this.results = ResultLog.of(store, run.dataset());
    this.versions = store.datasetVersions(run.dataset());
    this.clock = clock;
  }

  /** The newest few results, newest first. */
  List<CheckRecord> recent() {
    return results.recent();
  }

  /**
   * Records what checks found; a run that did so already gets what it found then.
   *
   * @param digest of the version they looked at
   * @param sources digest of the files as they were listed
   */
  CheckRecord record(String digest, String sources, List<CheckOutcome> outcomes) {
    boolean built = run.previous() == null || !run.previous().digest().equals(digest);
    return results.record(
        new CheckRecord(
            0,
            run.dataset(),
            run.uid(),
            run.trigger(),
            clock.instant(),
            digest,
            built,
            outcomes.stream().anyMatch(CheckOutcome::refuses),
            sources,
            outcomes));
  }

  /**
   * The version that a result built, recorded now if it is not there yet.
   *
   * @param tag asked only when a number is taken
   */
  VersionRecord version(CheckRecord result, DatasetManifest manifest, Supplier<Tag> tag) {
    return versions.record(
        run.uid(),
        result.digest(),
        result.refused(),
        clock.instant(),
        number -> summary(result, manifest, number, tag.get()));
  }

  /** The record of the latest good version, as the run names it. */
  VersionRecord current() {
    return versions.read(run.previous().number());
  }

  /** The version that a result built and refused; none, when the run was cut off before that. */
  Optional<VersionRecord> refused(CheckRecord result) {
    return versions
        .newest(1, there -> there.refused() && there.digest().equals(result.digest()))
        .stream()
        .findFirst();
  }

  /** The latest good version before another one. */
  Optional<VersionRecord> before(VersionRecord version) {
    return versions
        .newest(
            1,
            there ->
                !there.refused()
                    && there.number() < version.number()
                    && !there.digest().equals(version.digest()))
        .stream()
        .findFirst();
  }

  /**
   * What checks found of the good versions when they were built, oldest first.
   *
   * @param count how many of the newest
   * @param except a version that is left out
   */
  List<CheckRecord> history(int count, String except) {
    if (count == 0) {
      return List.of();
    }
    List<Integer> numbers =
        versions.newest(count, there -> !there.refused() && !there.digest().equals(except)).stream()
            .map(there -> there.summary(Summary.class).checks())
            .filter(Objects::nonNull)
            .map(DatasetStatus.Checks::result)
            .filter(Objects::nonNull)
            .sorted()
            .toList();
    return results.read(numbers);
  }

  private Summary summary(CheckRecord result, DatasetManifest manifest, int number, Tag tag) {
    Instant now = clock.instant();
    return new Summary(
        new DatasetStatus.Version(
            number,
            result.digest(),
            tag.toString(),
            manifest.rows(),
            manifest.train().rows(),
            manifest.validation().rows(),
            manifest.test() == null ? null : manifest.test().rows(),
            result.refused() ? Boolean.TRUE : null,
            now),
        CheckReport.of(result.outcomes(), number, result.number(), result.checkedAt()));
  }

  /** What the record of a data set's version says beside its digest. */
  record Summary(DatasetStatus.Version version, DatasetStatus.Checks checks) {}
}
