package dev.firstday.operator.deployment.canary;

import dev.firstday.api.Comparison;
import dev.firstday.api.Comparison.Tally;
import dev.firstday.api.PairCheck;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The values of a column by which disagreement is told apart. */
final class Slices {
  private Slices() {}

  /**
   * Leaves at most so many slices of each column. Every router tells the values apart that it met
   * first, so that together they may name more: those with the fewest rows go to the others.
   */
  static Comparison fold(Comparison live, int slicesAColumn) {
    Map<String, Tally> folded = new TreeMap<>(live.checks());
    Map<String, List<String>> byColumn =
        live.checks().keySet().stream()
            .filter(PairCheck::isSlice)
            .collect(Collectors.groupingBy(PairCheck::columnOf, TreeMap::new, Collectors.toList()));
    byColumn.forEach((column, names) -> fold(folded, column, names, slicesAColumn));
    return live.withChecks(folded);
  }

  private static void fold(
      Map<String, Tally> tallies, String column, List<String> names, int slicesAColumn) {
    String other = PairCheck.slice(column, PairCheck.OTHER);
    names.stream()
        .filter(name -> !name.equals(other))
        .sorted(
            Comparator.comparingLong((String name) -> tallies.get(name).compared())
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .skip(slicesAColumn - 1L)
        .toList()
        .forEach(name -> tallies.merge(other, tallies.remove(name), Tally::plus));
  }
}
