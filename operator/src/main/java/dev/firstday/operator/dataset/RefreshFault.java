package dev.firstday.operator.dataset;

import dev.firstday.api.DatasetSpec;
import java.util.Optional;

/**
 * What a spec.refresh stalls a data set for, which no schema can tell; for those who look at a spec
 * before a cluster does.
 */
public final class RefreshFault {
  /** Of the condition. */
  public static final String REASON = "InvalidRefresh";

  private RefreshFault() {}

  /** In words that name field and cure; nothing when all is well. */
  public static Optional<String> of(DatasetSpec spec) {
    return Optional.of(RefreshClock.of(spec))
        .filter(RefreshClock::isInvalid)
        .map(RefreshClock::fault);
  }
}
