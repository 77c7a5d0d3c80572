package dev.firstday.operator.dataset;

import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.Checks;
import dev.firstday.api.DatasetStatus.Version;
import dev.firstday.api.RetentionState;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.worker.RunStep;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a data set has come to so far.
 *
 * @param latest what the last run that passed gave; null when none has
 * @param refused what the last run gave, if its checks failed; else null
 * @param all newest first
 * @param checks of the last run that checked anything; null when there was none
 * @param retention what was swept; null when nothing was
 */
record Versions(
    Version latest, Version refused, List<Version> all, Checks checks, RetentionState retention) {
  private static final int LISTED = 10;

  /** A status must stay readable, whatever refers to however many versions. */
  private static final int LISTED_AT_MOST = 50;

  static Versions of(DatasetStatus status) {
    return status == null
        ? new Versions(null, null, List.of(), null, null)
        : new Versions(
            status.latest(),
            status.refused(),
            listOf(status.versions()),
            status.checks(),
            status.retention());
  }

  /**
   * With what the step brought. The same content is the same version again, and listed once. A run
   * that checked nothing leaves the checks as they were.
   *
   * @param pinned numbers of the versions that stay listed
   */
  Versions after(RunStep step, Collection<Integer> pinned) {
    if (!(step instanceof RunStep.Finish finish
        && finish.answer() instanceof RunResult.Snapshot snapshot)) {
      return this;
    }
    Version version = snapshot.version();
    List<Version> known =
        Stream.concat(
                Stream.of(version),
                all.stream().filter(other -> !other.number().equals(version.number())))
            .toList();
    List<Version> listed =
        IntStream.range(0, known.size())
            .filter(i -> i < LISTED || pinned.contains(known.get(i).number()))
            .mapToObj(known::get)
            .limit(LISTED_AT_MOST)
            .toList();
    boolean isRefused = Boolean.TRUE.equals(version.refused());
    return new Versions(
        isRefused ? latest : version,
        isRefused ? version : null,
        listed,
        snapshot.checks() == null ? checks : snapshot.checks(),
        swept(snapshot.retention(), version, listed));
  }

  /** The version of that number, if it is listed. */
  Optional<Version> numbered(Integer number) {
    return Stream.concat(Stream.ofNullable(latest), all.stream())
        .filter(version -> version.number().equals(number))
        .findFirst();
  }

  /** Whether the latest, which was good once, no longer passes its checks. */
  boolean hasRelapsed() {
    return refused == null && countOfLatest(Checks::failed) > 0;
  }

  /** How many checks of severity warning the latest fails. */
  int warnings() {
    return countOfLatest(Checks::warnings);
  }

  /** The checks that are known may be those of a version that was refused since. */
  private int countOfLatest(Function<Checks, Integer> count) {
    boolean areOfLatest =
        latest != null
            && checks != null
            && (checks.version() == null || checks.version().equals(latest.number()));
    Integer counted = areOfLatest ? count.apply(checks) : null;
    return counted == null ? 0 : counted;
  }

  /**
   * What is known of sweeps: what the last one says, and of what earlier ones deleted as much as is
   * listed. A version that is built again has its rows again.
   */
  private RetentionState swept(RetentionState last, Version built, List<Version> listed) {
    List<Integer> before = retention == null ? List.of() : listOf(retention.deleted());
    List<Integer> deleted =
        Stream.concat(
                before.stream()
                    .filter(n -> listed.stream().anyMatch(version -> version.number().equals(n))),
                last == null ? Stream.empty() : listOf(last.deleted()).stream())
            .filter(number -> !number.equals(built.number()))
            .distinct()
            .sorted()
            .toList();
    if (last == null) {
      return deleted.isEmpty() ? null : new RetentionState(null, deleted, null, null, null, null);
    }
    return new RetentionState(
        last.marked(),
        deleted.isEmpty() ? null : deleted,
        last.wouldMark(),
        last.wouldDelete(),
        last.bytes(),
        last.nextAt());
  }

  private static <T> List<T> listOf(List<T> list) {
    return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
  }
}
