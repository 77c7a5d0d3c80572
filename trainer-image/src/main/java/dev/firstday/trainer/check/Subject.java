package dev.firstday.trainer.check;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.data.CheckRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What checks look at.
 *
 * @param table or view with the declared columns, typed, and the column {@link #SPLIT}
 * @param columns as declared
 * @param sources tables of spec.source that are there to be read; none when an old version is
 *     checked again
 * @param previous the latest good version before this one
 * @param pinned the version that the deployed model learnt from
 * @param history results of earlier good versions, oldest first
 * @param now the time that freshness is measured against
 */
public record Subject(
    String table,
    List<DatasetSpec.Column> columns,
    Set<String> sources,
    Optional<Reference> previous,
    Optional<Reference> pinned,
    List<CheckRecord> history,
    Instant now) {
  /** Holds 'train', 'validation' or 'test'; no column of a user's can be named so. */
  public static final String SPLIT = "firstday split";

  /**
   * Another version of the same data set.
   *
   * @param table or view with that version's columns and {@link #SPLIT}
   */
  public record Reference(int number, String table, List<DatasetSpec.Column> columns) {}
}
