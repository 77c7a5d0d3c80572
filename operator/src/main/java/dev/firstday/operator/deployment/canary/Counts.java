package dev.firstday.operator.deployment.canary;

import dev.firstday.api.AnswerShares;
import dev.firstday.api.AnswerShares.Share;
import dev.firstday.api.Comparison;
import dev.firstday.api.Comparison.Tally;
import dev.firstday.api.ModelDeploymentStatus.Replayed;
import dev.firstday.api.ModelDeploymentStatus.RouterCounts;
import dev.firstday.api.PairCheck;
import dev.firstday.contract.RouterReport;
import java.util.ArrayList;
import java.util.Comparator;
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
 * @param replayed what one router counted of captured requests. Every router sends the same ones:
 *     their sum would be the same evidence twice, and the worst of them would be bad by chance
 */
public record Counts(List<RouterCounts> routers, Replayed replayed) {
  private static final Replayed NO_REPLAY = new Replayed(null, Comparison.NONE);
  public static final Counts NONE = new Counts(List.of(), NO_REPLAY);

  /**
   * More than a deployment has routers; of those beyond, the ones that are silent count as gone.
   */
  private static final int TOLD_APART = 8;

  /** As a status has them; null is none. */
  public static Counts of(List<RouterCounts> recorded, Replayed replayed) {
    return new Counts(
        recorded == null ? List.of() : List.copyOf(recorded),
        replayed == null || replayed.counts() == null ? NO_REPLAY : replayed);
  }

  /** Over captured requests. */
  public Comparison replay() {
    return replayed.counts();
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
    return new Counts(List.copyOf(next), replayed(reports));
  }

  /**
   * The router that is counted stays so while it answers. When it is gone another takes its place,
   * once that one has come further: it has sent the same requests.
   */
  private Replayed replayed(List<RouterReport> reports) {
    Optional<RouterReport> same =
        reports.stream().filter(r -> r.instance().equals(replayed.instance())).findFirst();
    Optional<RouterReport> further =
        reports.stream()
            .filter(r -> isFurther(r.replay()))
            .max(Comparator.comparingLong(r -> r.replay().requests()));
    return same.or(() -> further)
        .map(report -> new Replayed(report.instance(), brief(report.replay())))
        .orElse(replayed);
  }

  private boolean isFurther(Comparison other) {
    return !replay().done() && (other.done() || other.requests() > replay().requests());
  }

  /**
   * A status has room for a hundred slices and twenty answers of each router, and for one example
   * of each: {@link Evidence} has the others, while the router answers that knows them.
   */
  private static Comparison brief(Comparison counts) {
    Map<String, Tally> tallies = new TreeMap<>(counts.checks());
    tallies.replaceAll(
        (name, tally) ->
            PairCheck.isSlice(name) ? tally.withExamples(first(tally.examples())) : tally);
    Map<String, Share> shares = new TreeMap<>(counts.answers().shares());
    shares.replaceAll((answer, share) -> share.withExamples(first(share.examples())));
    return counts.with(tallies, new AnswerShares(counts.answers().rows(), shares));
  }

  private static List<String> first(List<String> examples) {
    return examples.stream().limit(1).toList();
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
