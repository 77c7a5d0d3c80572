package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Against;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.Contract;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What checks may look at beside the rows. Fetching it costs more than most checks, so what none of
 * them asks for stays where it is.
 *
 * @param previous the good version before
 * @param pinned the version that the deployed model learnt from
 * @param sources tables of the source
 * @param history results of how many earlier versions
 */
record Needs(boolean previous, boolean pinned, Set<String> sources, int history) {
  private static final int HISTORY = 30;
  private static final int LONGEST_HISTORY = 1000;

  static Needs of(DatasetSpec spec) {
    List<DatasetCheck> checks = spec.checks() == null ? List.of() : spec.checks();
    boolean hasRules = spec.dqdl() != null;
    boolean evolves =
        spec.schemaEvolution() != null && spec.schemaEvolution() != DatasetSpec.SchemaEvolution.ANY;
    int history =
        checks.stream()
            .filter(check -> check.metric() == Metric.ANOMALY)
            .mapToInt(Needs::history)
            .max()
            .orElse(0);
    return new Needs(
        hasRules || evolves || checks.stream().anyMatch(c -> compares(c, Against.PREVIOUS)),
        checks.stream().anyMatch(c -> compares(c, Against.PINNED)),
        sources(spec, checks),
        hasRules ? LONGEST_HISTORY : history);
  }

  /** Whether a check compares with another version, or does when it does not say with which. */
  private static boolean compares(DatasetCheck check, Against which) {
    Optional<Against> said =
        Optional.ofNullable(check.arguments()).map(DatasetCheck.Arguments::against);
    return switch (check.metric()) {
      case CHANGE, DRIFT, SCHEMA -> said.orElse(Against.PREVIOUS) == which;
      case NEW_CATEGORIES, LABEL_DRIFT -> said.orElse(Against.TRAIN) == which;
      default -> false;
    };
  }

  /** A table may be read where its name is said, be it in SQL. */
  private static Set<String> sources(DatasetSpec spec, List<DatasetCheck> checks) {
    String said =
        (checks.stream()
                    .map(c -> Contract.write(List.of(text(c.query()), text(c.where()), table(c))))
                    .collect(Collectors.joining())
                + text(spec.dqdl()))
            .toLowerCase(Locale.ROOT);
    return spec.source().files().stream()
        .map(DatasetSpec.Files::name)
        .filter(name -> said.contains(name.toLowerCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }

  private static String table(DatasetCheck check) {
    return check.arguments() == null ? "" : text(check.arguments().table());
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }

  private static int history(DatasetCheck check) {
    return check.arguments() == null || check.arguments().history() == null
        ? HISTORY
        : check.arguments().history();
  }
}
