package dev.firstday.operator.deployment.canary;

import dev.firstday.api.Comparison;
import dev.firstday.api.Comparison.Tally;
import dev.firstday.api.ModelDeploymentStatus.RouterCounts;
import dev.firstday.api.PairCheck;
import dev.firstday.contract.RouterReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What all routers have counted since a candidate is on trial. A router counts from nothing after a
 * restart, and its successor has another name: what the last one said is kept.
 *
 * @param routers the newest counts of each, in the order in which they were first seen
 */
public record Counts(List<RouterCounts> routers) {
  public static final Counts NONE = new Counts(List.of());

  /**
   * More than a deployment has routers; of those beyond, the ones that are silent count as gone.
   */
  private static final int TOLD_APART = 8;

  /** As a status has them; null is none. */
  public static Counts of(List<RouterCounts> recorded) {
    return recorded == null ? NONE : new Counts(List.copyOf(recorded));
  }

  /** The sum over callers' requests. */
  public Comparison live() {
    return routers.stream().map(RouterCounts::live).reduce(Comparison.NONE, Comparison::plus);
  }

  /** With what routers say now of the same pair of versions. */
  public Counts with(List<RouterReport> reports) {
    List<RouterCounts> next = new ArrayList<>(routers);
    for (RouterReport report : reports) {
      RouterCounts mine = new RouterCounts(report.instance(), brief(report.live()));
      int known = indexOf(next, report.instance());
      if (known >= 0) {
        next.set(known, mine);
      } else if (!mine.live().checks().isEmpty()) {
        next.add(mine);
      }
    }
    List<String> present = reports.stream().map(RouterReport::instance).toList();
    while (next.size() > TOLD_APART && merge(next, present)) {}
    return new Counts(List.copyOf(next));
  }

  /** A status has room for a hundred slices, and for one example of each. */
  private static Comparison brief(Comparison live) {
    Map<String, Tally> tallies = new TreeMap<>(live.checks());
    tallies.replaceAll(
        (name, tally) ->
            PairCheck.isSlice(name) && tally.examples().size() > 1
                ? new Tally(tally.compared(), tally.bad(), tally.examples().subList(0, 1))
                : tally);
    return live.withChecks(tallies);
  }

  /** Adds the oldest counts of a silent router to those of the routers that are gone. */
  private static boolean merge(List<RouterCounts> counts, List<String> present) {
    Optional<RouterCounts> silent =
        counts.stream()
            .filter(c -> c.instance() != null && !present.contains(c.instance()))
            .findFirst();
    if (silent.isEmpty()) {
      return false;
    }
    counts.remove(silent.get());
    int gone = indexOf(counts, null);
    if (gone < 0) {
      counts.add(0, new RouterCounts(null, silent.get().live()));
    } else {
      counts.set(gone, new RouterCounts(null, counts.get(gone).live().plus(silent.get().live())));
    }
    return true;
  }

  private static int indexOf(List<RouterCounts> counts, String instance) {
    for (int i = 0; i < counts.size(); i++) {
      if (Objects.equals(counts.get(i).instance(), instance)) {
        return i;
      }
    }
    return -1;
  }
}
