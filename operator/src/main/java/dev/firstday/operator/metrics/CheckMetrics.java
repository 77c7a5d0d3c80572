package dev.firstday.operator.metrics;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a check measures, by its name: a worker's answer has no room for it. The spec says it of
 * checks that it names; a name that was made begins with it, as {@code drift(distance) 2}.
 */
record CheckMetrics(DatasetSpec spec) {
  /** A rule of spec.dqdl with a name of its own, say. */
  private static final String UNKNOWN = "unknown";

  String of(String check) {
    List<DatasetCheck> declared = spec.checks() == null ? List.of() : spec.checks();
    return declared.stream()
        .filter(one -> check.equals(one.name()))
        .map(DatasetCheck::metric)
        .findFirst()
        .or(() -> Stream.of(Metric.values()).filter(one -> isMadeOf(one, check)).findFirst())
        .map(Metric::word)
        .orElse(UNKNOWN);
  }

  private static boolean isMadeOf(Metric metric, String check) {
    String word = metric.word();
    return check.startsWith(word)
        && (check.length() == word.length() || " (".indexOf(check.charAt(word.length())) >= 0);
  }
}
