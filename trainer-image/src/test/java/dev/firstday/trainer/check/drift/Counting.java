package dev.firstday.trainer.check.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Answers a {@link DriftQuery} as DuckDB does, which CountingTest shows. */
record Counting(Distribution reference, Distribution current) {

  /**
   * @param reference Doubles or Strings; null for what is missing
   * @param current likewise
   */
  static Counting of(DriftQuery query, Object[] reference, Object[] current) {
    Bins bins =
        query.read(
            DriftQuery.isNumber(query.type())
                ? quantiles(reference, query.size())
                : frequent(reference, query.size()));
    return new Counting(
        query.distribution(bins, profile(bins, reference)),
        query.distribution(bins, profile(bins, current)));
  }

  private static List<List<Object>> quantiles(Object[] values, int size) {
    double[] sorted = numbers(values);
    Arrays.sort(sorted);
    return IntStream.rangeClosed(0, size)
        .mapToObj(i -> sorted[(int) Math.max(0, Math.ceil((double) i / size * sorted.length) - 1)])
        .map(value -> List.<Object>of(value))
        .toList();
  }

  private static List<List<Object>> frequent(Object[] values, int size) {
    Map<String, Long> counts =
        Stream.of(values)
            .filter(Objects::nonNull)
            .collect(
                Collectors.groupingBy(String.class::cast, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= 5)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(size - 1)
        .map(entry -> List.<Object>of(entry.getKey()))
        .toList();
  }

  private static List<List<Object>> profile(Bins bins, Object[] values) {
    long[] rows = new long[bins.size()];
    double[] sums = new double[bins.size()];
    double[] squares = new double[bins.size()];
    long missing = 0;
    for (Object value : values) {
      if (value == null) {
        missing++;
        continue;
      }
      int bin = bin(bins, value);
      rows[bin]++;
      if (value instanceof Double number) {
        double before = number - (rows[bin] == 1 ? 0 : sums[bin] / (rows[bin] - 1));
        sums[bin] += number;
        squares[bin] += rows[bin] == 1 ? 0 : before * (number - sums[bin] / rows[bin]);
      }
    }
    List<List<Object>> profile = new ArrayList<>();
    profile.add(List.of(-1, missing, 0, 0));
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] > 0) {
        profile.add(List.of(i, rows[i], sums[i] / rows[i], Math.sqrt(squares[i] / rows[i])));
      }
    }
    return profile;
  }

  private static int bin(Bins bins, Object value) {
    if (bins instanceof Bins.Ranges ranges) {
      int found = Collections.binarySearch(ranges.edges(), (Double) value);
      return found >= 0 ? found : -found - 1;
    }
    int category = ((Bins.Categories) bins).values().indexOf((String) value);
    return category >= 0 ? category : bins.size() - 1;
  }

  private static double[] numbers(Object[] values) {
    return Stream.of(values)
        .filter(Objects::nonNull)
        .mapToDouble(value -> (Double) value)
        .toArray();
  }
}
