package dev.firstday.server.route;

import dev.firstday.api.AnswerShares;
import dev.firstday.api.AnswerShares.Share;
import dev.firstday.api.PairCheck;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.Values;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts how often each version gives which answer. Of yes and no, yes is enough; of more classes,
 * the first that are met are told apart; a number counts for each threshold that it reaches, and a
 * row of several labels for each of the first of them that it has.
 */
final class AnswerCounts {
  private static final String YES = "true";

  private final Map<String, Share> shares = new TreeMap<>();
  private final Map<String, NewestIds> changed = new HashMap<>();
  private long rows;

  /**
   * @param from the first row that counts
   * @param to the first after it that does not
   */
  void add(String id, LabelPair labels, AnswerNames names, int from, int to) {
    Tensor stable = labels.stable();
    Tensor candidate = labels.candidate();
    boolean number = stable.values() instanceof Values.Floats;
    int length = stable.rowLength();
    if (number && names.thresholds().isEmpty() || length > 1 && names.labels().size() != length) {
      return;
    }
    for (int row = from; row < to; row++) {
      rows++;
      if (number) {
        double one = (double) stable.element(row);
        double other = (double) candidate.element(row);
        names
            .thresholds()
            .forEach((name, threshold) -> count(id, name, one >= threshold, other >= threshold));
      } else if (length > 1) {
        for (int i = 0; i < Math.min(length, AnswerShares.CLASSES); i++) {
          int at = row * length + i;
          count(
              id,
              names.labels().get(i),
              (boolean) stable.element(at),
              (boolean) candidate.element(at));
        }
      } else if (stable.values() instanceof Values.Booleans) {
        count(id, YES, (boolean) stable.element(row), (boolean) candidate.element(row));
      } else {
        addClasses(
            id,
            toldApart(String.valueOf(stable.element(row))),
            toldApart(String.valueOf(candidate.element(row))));
      }
    }
  }

  private void addClasses(String id, String stable, String candidate) {
    count(id, stable, true, candidate.equals(stable));
    if (!candidate.equals(stable)) {
      count(id, candidate, false, true);
    }
  }

  private String toldApart(String answer) {
    boolean room =
        shares.size() - (shares.containsKey(PairCheck.OTHER) ? 1 : 0) < AnswerShares.CLASSES;
    if (!shares.containsKey(answer)) {
      if (!room) {
        return PairCheck.OTHER;
      }
      shares.put(answer, Share.NONE);
    }
    return answer;
  }

  private void count(String id, String answer, boolean stable, boolean candidate) {
    if (stable != candidate) {
      changed.computeIfAbsent(answer, any -> new NewestIds()).add(id);
    }
    Share more = new Share(stable ? 1 : 0, candidate ? 1 : 0, candidate && !stable ? 1 : 0);
    shares.merge(answer, more, Share::plus);
  }

  AnswerShares counts() {
    Map<String, Share> counts = new TreeMap<>(shares);
    changed.forEach(
        (answer, ids) ->
            counts.computeIfPresent(answer, (name, share) -> share.withExamples(ids.list())));
    return new AnswerShares(rows, counts);
  }
}
