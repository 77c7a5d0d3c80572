package dev.firstday.server.route;

import dev.firstday.api.Comparison;
import dev.firstday.api.PairCheck;
import dev.firstday.server.route.Verdict.Judged;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts verdicts, each check for itself, and keeps the ids of the newest bad requests; threads may
 * share it.
 *
 * <p>The rows that one caller sends together are no independent draws, and of them one counts,
 * drawn by the request's id: as often bad as the rows are. Where all of them count, they come from
 * different places, as golden rows do.
 */
final class Tallies {
  /** Each request that is judged counts for all of them. */
  private static final List<PairCheck> REQUEST_CHECKS =
      Arrays.stream(PairCheck.values())
          .filter(check -> check.unit() == PairCheck.Unit.REQUESTS)
          .toList();

  private final boolean everyRow;
  private final Map<String, Tally> tallies = new TreeMap<>();
  private final Map<String, Set<String>> valuesOfColumns = new HashMap<>();
  private final AnswerCounts answers = new AnswerCounts();
  private boolean done;
  private long requests;
  private long stableErrors;

  private static final class Tally {
    private final NewestIds examples = new NewestIds();
    private long compared;
    private long bad;

    void add(String id, int moreCompared, int moreBad) {
      compared += moreCompared;
      bad += moreBad;
      if (moreBad > 0) {
        examples.add(id);
      }
    }

    Comparison.Tally counts() {
      return new Comparison.Tally(compared, bad, examples.list());
    }
  }

  private Tallies(boolean everyRow) {
    this.everyRow = everyRow;
  }

  /** Of requests whose rows are independent draws. */
  static Tallies ofEveryRow() {
    return new Tallies(true);
  }

  /** Of requests whose rows belong together: one row of each counts, and one of each slice. */
  static Tallies ofOneRow() {
    return new Tallies(false);
  }

  /**
   * @param id of the request
   * @param slices of its rows
   */
  synchronized void add(String id, Verdict verdict, Slices slices) {
    if (verdict instanceof Verdict.StableFailed) {
      stableErrors++;
    } else if (verdict instanceof Judged judged) {
      requests++;
      for (PairCheck check : REQUEST_CHECKS) {
        if (judged.heldTo(check)) {
          add(check.word(), id, 1, judged.faults().contains(check) ? 1 : 0);
        }
      }
      add(PairCheck.DISAGREEMENT, id, judged.disagreement());
      add(PairCheck.SCORE, id, judged.score());
      slices
          .values()
          .forEach((column, values) -> addSlices(id, column, values, judged.disagreement()));
    }
  }

  private void add(PairCheck check, String id, Rows rows) {
    add(check.word(), id, rows.compared(), rows.countBad());
  }

  private void addSlices(String id, String column, List<String> values, Rows rows) {
    Map<String, Integer> compared = new TreeMap<>();
    Map<String, Integer> bad = new HashMap<>();
    for (int row = 0; row < rows.compared(); row++) {
      String name = PairCheck.slice(column, toldApart(column, values.get(row)));
      compared.merge(name, 1, Integer::sum);
      bad.merge(name, rows.bad().get(row) ? 1 : 0, Integer::sum);
    }
    compared.forEach((name, count) -> add(name, id, count, bad.get(name)));
  }

  private String toldApart(String column, String value) {
    Set<String> known = valuesOfColumns.computeIfAbsent(column, any -> new HashSet<>());
    return known.contains(value) || known.size() < PairCheck.VALUES_A_COLUMN && known.add(value)
        ? value
        : PairCheck.OTHER;
  }

  /** What both versions answered to a request of one row at least. */
  synchronized void addAnswers(String id, LabelPair labels, AnswerNames names) {
    int drawn = everyRow ? 0 : Hashes.spread(id, labels.rows());
    answers.add(id, labels, names, drawn, everyRow ? labels.rows() : drawn + 1);
  }

  /** Labels that came later for a request. */
  synchronized void add(String id, LabelPair.Truth truth) {
    add(PairCheck.LABELS.word(), id, truth.telling(), truth.stableAlone());
  }

  private void add(String name, String id, int compared, int bad) {
    if (compared > 0) {
      Tally tally = tallies.computeIfAbsent(name, any -> new Tally());
      if (everyRow) {
        tally.add(id, compared, bad);
      } else {
        tally.add(id, 1, Hashes.spread(id, compared) < bad ? 1 : 0);
      }
    }
  }

  /** There is nothing more to come. */
  synchronized void done() {
    done = true;
  }

  synchronized Comparison counts() {
    Map<String, Comparison.Tally> checks = new TreeMap<>();
    tallies.forEach((name, tally) -> checks.put(name, tally.counts()));
    return new Comparison(done, requests, stableErrors, checks, answers.counts());
  }
}
