package dev.firstday.cli.dataset;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetCheck.Severity;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus.Checks;
import dev.firstday.api.DatasetStatus.Outcome;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.cli.terminal.Bar;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Each check's value against its bounds; drift is apart, since its values can be compared. */
final class ChecksView {
  private static final Set<Metric> DRIFT = Set.of(Metric.DRIFT, Metric.LABEL_DRIFT);
  private static final Pattern MADE_NAME = Pattern.compile("(drift|labelDrift)([( ].*)?");
  private static final int WIDEST_NAME = 38;
  private static final int WIDEST_BOUND = 28;
  private static final int WIDEST_LINE = 120;

  private final Checks checks;
  private final Map<String, List<String>> below;
  private final Style style;

  private ChecksView(Checks checks, Map<String, List<String>> below, Style style) {
    this.checks = checks;
    this.below = below;
    this.style = style;
  }

  static List<String> lines(Checks checks, DatasetSpec spec, Instant now, Style style) {
    return lines(checks, spec, Map.of(), now, style);
  }

  /**
   * @param below lines that belong below that of a check, by its name
   */
  static List<String> lines(
      Checks checks, DatasetSpec spec, Map<String, List<String>> below, Instant now, Style style) {
    return new ChecksView(checks, below, style).lines(driftNames(spec), now);
  }

  private List<String> lines(Set<String> drifts, Instant now) {
    Map<Boolean, List<Outcome>> parts =
        outcomes().stream().collect(Collectors.partitioningBy(o -> isDrift(o, drifts)));
    List<String> lines = new ArrayList<>();
    lines.add(title(now));
    lines.addAll(table(parts.get(false)));
    List<Outcome> drift = parts.get(true);
    if (!drift.isEmpty()) {
      lines.add("");
      lines.add(style.paint(Paint.STRONG, "Drift"));
      lines.addAll(table(drift));
    }
    lines.addAll(skipped());
    lines.addAll(leftOut());
    return lines;
  }

  private List<String> table(List<Outcome> outcomes) {
    Table table = new Table();
    outcomes.forEach(outcome -> table.row(cells(outcome)));
    Iterator<String> rows = table.lines(style).iterator();
    List<String> lines = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      lines.add(rows.next());
      lines.addAll(below.getOrDefault(outcome.name(), List.of()));
    }
    return lines;
  }

  private List<Outcome> outcomes() {
    return checks.outcomes() == null ? List.of() : checks.outcomes();
  }

  /** A status does not tell what a check measures: the spec does, or a name made of it. */
  private static Set<String> driftNames(DatasetSpec spec) {
    return spec == null || spec.checks() == null
        ? Set.of()
        : spec.checks().stream()
            .filter(check -> check.name() != null && DRIFT.contains(check.metric()))
            .map(DatasetCheck::name)
            .collect(Collectors.toSet());
  }

  private static boolean isDrift(Outcome outcome, Set<String> names) {
    return names.contains(outcome.name()) || MADE_NAME.matcher(outcome.name()).matches();
  }

  private String title(Instant now) {
    List<String> parts = new ArrayList<>();
    parts.add((checks.summary() == null ? "?" : checks.summary()) + " passed");
    count(parts, checks.failed(), "failed");
    count(parts, checks.warnings(), one(checks.warnings()) ? "warning" : "warnings");
    count(parts, checks.skipped(), "skipped");
    return style.paint(
            Paint.STRONG,
            "Checks" + (checks.version() == null ? "" : " of version " + checks.version()))
        + ": "
        + String.join(", ", parts)
        + (checks.checkedAt() == null ? "" : " (" + Words.time(checks.checkedAt(), now) + ")");
  }

  private static boolean one(Integer number) {
    return number != null && number == 1;
  }

  private static void count(List<String> parts, Integer number, String word) {
    if (number != null && number > 0) {
      parts.add(number + " " + word);
    }
  }

  private Cell[] cells(Outcome outcome) {
    Paint paint = paint(outcome);
    String mark =
        switch (outcome.verdict()) {
          case PASSED -> style.symbol("✓", "ok");
          case FAILED ->
              isWarning(outcome) ? style.symbol("!", "warning") : style.symbol("✗", "FAILED");
          case SKIPPED -> style.symbol("–", "skipped");
        };
    boolean skipped = outcome.verdict() == Verdict.SKIPPED;
    return new Cell[] {
      Cell.of(mark, paint),
      Cell.of(Words.cut(outcome.name(), WIDEST_NAME), skipped ? Paint.FAINT : Paint.NONE),
      Cell.number(skipped ? "-" : Words.value(outcome.value(), outcome.unit())),
      Cell.of(bound(outcome), Paint.FAINT),
      Cell.of(Bar.of(outcome.value(), outcome.lower(), upper(outcome), style), paint)
    };
  }

  /** What fails a check is the larger of the bound and what chance may give. */
  private static Double upper(Outcome outcome) {
    return outcome.threshold() == null ? outcome.upper() : outcome.threshold();
  }

  /** As {@code >= 1000}; a number alone is what the value must be. */
  private static String bound(Outcome outcome) {
    if (outcome.bound() == null) {
      return "";
    }
    boolean exact = outcome.lower() != null && outcome.lower().equals(outcome.upper());
    String bound = Words.cut((exact ? "= " : "") + outcome.bound(), WIDEST_BOUND);
    return outcome.threshold() == null
        ? bound
        : bound + ", or chance: " + Words.value(outcome.threshold(), outcome.unit());
  }

  private static boolean isWarning(Outcome outcome) {
    return outcome.severity() == Severity.WARNING;
  }

  private static Paint paint(Outcome outcome) {
    return switch (outcome.verdict()) {
      case PASSED -> Paint.GOOD;
      case FAILED -> isWarning(outcome) ? Paint.WARNING : Paint.BAD;
      case SKIPPED -> Paint.FAINT;
    };
  }

  /** Why they were, and which: most have one reason. */
  private List<String> skipped() {
    return outcomes().stream()
        .filter(outcome -> outcome.verdict() == Verdict.SKIPPED && outcome.note() != null)
        .collect(
            Collectors.groupingBy(
                Outcome::note,
                LinkedHashMap::new,
                Collectors.mapping(Outcome::name, Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(why -> "  Skipped: %s (%s)".formatted(why.getValue(), why.getKey()))
        .map(line -> style.paint(Paint.FAINT, Words.cut(line, WIDEST_LINE)))
        .toList();
  }

  /** A worker's answer has room for so many outcomes; failures come first. */
  private List<String> leftOut() {
    List<String> lines = new ArrayList<>();
    int shown = outcomes().size();
    int all = sum(checks.passed(), checks.failed(), checks.warnings(), checks.skipped());
    if (checks.failures() != null) {
      checks.failures().stream()
          .filter(failure -> outcomes().stream().noneMatch(o -> failure.startsWith(o.name() + ":")))
          .forEach(failure -> lines.add("  " + style.paint(Paint.BAD, failure)));
    }
    if (all > shown) {
      String where =
          checks.result() == null ? "" : "; all are in results/" + checks.result() + ".json";
      lines.add("  " + (all - shown) + " outcomes had no room in the status" + where);
    }
    return lines;
  }

  private static int sum(Integer... numbers) {
    int sum = 0;
    for (Integer number : numbers) {
      sum += number == null ? 0 : number;
    }
    return sum;
  }
}
