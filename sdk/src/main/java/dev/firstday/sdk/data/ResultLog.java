package dev.firstday.sdk.data;

import dev.firstday.sdk.store.RecordLog;
import dev.firstday.sdk.store.Store;
import java.util.List;
import java.util.Optional;

/** What checks found of a data set, run after run: {@code datasets/<name>/results/<n>.json}. */
public final class ResultLog {
  /** A run is repeated soon, if at all, while the checks of years make thousands of records. */
  private static final int LOOK_BACK = 16;

  private final RecordLog<CheckRecord> log;

  private ResultLog(RecordLog<CheckRecord> log) {
    this.log = log;
  }

  /** The results of a data set. */
  public static ResultLog of(Store store, String dataset) {
    return new ResultLog(store.records("datasets/" + dataset + "/results/", CheckRecord.class));
  }

  /** The numbers taken, ascending. */
  public List<Integer> numbers() {
    return log.numbers();
  }

  /**
   * The result with that number.
   *
   * @throws dev.firstday.sdk.store.StoreException OBJECT_NOT_FOUND when there is none, or what S3
   *     answers
   */
  public CheckRecord read(int number) {
    return log.read(number);
  }

  /** Several results, in the order of the numbers. */
  public List<CheckRecord> read(List<Integer> numbers) {
    return log.read(numbers);
  }

  /** The newest few, newest first: among them is that of a run that is repeated. */
  public List<CheckRecord> recent() {
    return log.newest(LOOK_BACK);
  }

  /**
   * The result that a run has recorded. A refused one says nothing, since what it refused may have
   * been corrected.
   *
   * @param recent as {@link #recent()} gives them
   */
  public static Optional<CheckRecord> ofRun(List<CheckRecord> recent, String runUid) {
    return recent.stream()
        .filter(result -> result.runUid().equals(runUid) && !result.refused())
        .findFirst();
  }

  /**
   * Records a result under the next number, whatever number it has. A run has one result only,
   * unless that refused something else: it is returned, and no number is taken.
   */
  public CheckRecord record(CheckRecord result) {
    return log.append(
        LOOK_BACK, there -> isSame(there, result), number -> numbered(result, number));
  }

  private static boolean isSame(CheckRecord there, CheckRecord mine) {
    return there.runUid().equals(mine.runUid())
        && (!there.refused() || mine.refused() && there.digest().equals(mine.digest()));
  }

  private static CheckRecord numbered(CheckRecord result, int number) {
    return new CheckRecord(
        number,
        result.dataset(),
        result.runUid(),
        result.trigger(),
        result.checkedAt(),
        result.digest(),
        result.built(),
        result.refused(),
        result.sources(),
        result.outcomes());
  }
}
