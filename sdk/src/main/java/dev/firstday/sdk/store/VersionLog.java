package dev.firstday.sdk.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** The versions of one data set or model: records numbered 1, 2, 3, ... that are written once. */
public final class VersionLog {
  private final RecordLog<VersionRecord> log;
  private final Removals removals;
  private final BiPredicate<VersionRecord, VersionRecord> isSame;

  private VersionLog(
      RecordLog<VersionRecord> log,
      Removals removals,
      BiPredicate<VersionRecord, VersionRecord> isSame) {
    this.log = log;
    this.removals = removals;
    this.isSame = isSame;
  }

  /** What becomes of versions that are there already. */
  interface Removals {
    /** Every version stays what it is. */
    Removals NONE =
        new Removals() {
          @Override
          public Set<Integer> gone() {
            return Set.of();
          }

          @Override
          public boolean keep(int number) {
            return true;
          }
        };

    /** Numbers of versions that are no more. */
    Set<Integer> gone();

    /** Sees to it that a version that is recorded again stays; false: it is too late. */
    boolean keep(int number);
  }

  /**
   * A log in which a version is known by its content and its verdict, whichever run brings it.
   * Where a run may bring another content when it is repeated, something else has to hold the run
   * to the first one.
   */
  static VersionLog byContent(RecordLog<VersionRecord> log) {
    return new VersionLog(log, Removals.NONE, VersionLog::hasSameContent);
  }

  /**
   * A log in which a run has one version only, unless that was refused, and equal content is one
   * version, too.
   */
  static VersionLog byContentOrRun(RecordLog<VersionRecord> log, Removals removals) {
    return new VersionLog(
        log,
        removals,
        (there, mine) ->
            hasSameContent(there, mine)
                || there.runUid().equals(mine.runUid()) && !there.refused());
  }

  private static boolean hasSameContent(VersionRecord there, VersionRecord mine) {
    return there.digest().equals(mine.digest()) && there.refused() == mine.refused();
  }

  /** The numbers taken, ascending. */
  public List<Integer> numbers() {
    return log.numbers();
  }

  /** The numbers of versions that are kept, ascending. */
  public List<Integer> kept() {
    Set<Integer> gone = removals.gone();
    return numbers().stream().filter(number -> !gone.contains(number)).toList();
  }

  /** Several records, in the order of the numbers. */
  public List<VersionRecord> read(List<Integer> numbers) {
    return log.read(numbers);
  }

  /**
   * The record of a version.
   *
   * @throws StoreException OBJECT_NOT_FOUND when there is no such version, or what S3 answers
   */
  public VersionRecord read(int number) {
    return log.read(number);
  }

  /** The newest records that are wanted, newest first, and no more than enough of them. */
  public List<VersionRecord> newest(int count, Predicate<VersionRecord> wanted) {
    return log.newest(count, wanted);
  }

  /** The version that a run recorded and that is kept, the newest if there are several. */
  public Optional<VersionRecord> ofRun(String runUid) {
    Set<Integer> gone = removals.gone();
    return log
        .newest(1, there -> there.runUid().equals(runUid) && !gone.contains(there.number()))
        .stream()
        .findFirst();
  }

  /**
   * Records a version whose objects are stored already. When it is there already, its record is
   * returned, and no number is taken.
   *
   * @param summary gives what lists show of the version, from its number; asked only when a number
   *     is about to be taken
   * @throws StoreException CONDITIONAL_WRITES_UNSUPPORTED when the store would let two runs take
   *     the same number, or what S3 answers
   */
  public VersionRecord record(
      String runUid,
      String digest,
      boolean refused,
      Instant recordedAt,
      IntFunction<Object> summary) {
    VersionRecord sought = new VersionRecord(0, digest, runUid, refused, recordedAt, null);
    while (true) {
      Set<Integer> gone = removals.gone();
      VersionRecord recorded =
          log.append(
              Integer.MAX_VALUE,
              there -> !gone.contains(there.number()) && isSame.test(there, sought),
              number ->
                  new VersionRecord(
                      number,
                      digest,
                      runUid,
                      refused,
                      recordedAt,
                      Contract.read(Contract.write(summary.apply(number)), JsonNode.class)));
      if (removals.keep(recorded.number())) {
        return recorded;
      }
    }
  }
}
