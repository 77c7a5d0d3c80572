package dev.firstday.cli.model;

import dev.firstday.api.MetricValue;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.VersionHealth;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import dev.firstday.contract.Contract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What inspections found of a model's versions, as lines for a person. */
final class HealthView {
  private static final String INDENT = "  ";

  private HealthView() {}

  static List<String> lines(ModelStatus status, Instant now, Style style) {
    List<VersionHealth> health = of(status);
    if (health.isEmpty()) {
      return List.of("no version is recorded yet");
    }
    Table table = new Table();
    table.row(
        new Cell("version", Paint.FAINT, true),
        Cell.of("inspected", Paint.FAINT),
        Cell.of("found", Paint.FAINT));
    for (VersionHealth version : health) {
      table.row(
          Cell.number(String.valueOf(version.number())),
          Cell.of(Words.time(version.inspectedAt(), now)),
          version.passed()
              ? Cell.of(
                  "as it was recorded" + signed(version) + data(version),
                  version.hasFaultyData() ? Paint.BAD : Paint.GOOD)
              : Cell.of(version.fault(), Paint.BAD));
    }
    List<String> lines = new ArrayList<>(table.lines(style));
    health.stream()
        .filter(version -> version.complaint() != null)
        .map(VersionHealth::words)
        .flatMap(words -> Words.wrap(INDENT, words).stream())
        .forEach(lines::add);
    return lines;
  }

  /** Empty where nobody looked. */
  private static String signed(VersionHealth version) {
    if (version.signature() == null) {
      return "";
    }
    return version.signature().signer() == null
        ? ", not signed"
        : ", signed by " + version.signature().signer();
  }

  /** Empty where nobody looked. */
  private static String data(VersionHealth version) {
    if (version.data() == null) {
      return "";
    }
    return version.hasFaultyData() ? ", and its data is not" : ", and so is its data";
  }

  /** How versions score on data that came after them; empty: nothing came. */
  static List<String> evaluations(ModelStatus status, Style style) {
    List<VersionHealth> scored =
        of(status).stream()
            .filter(version -> version.evaluation() != null)
            .filter(version -> version.evaluation().metrics() != null)
            .toList();
    Table table = new Table();
    if (!scored.isEmpty()) {
      table.row(
          new Cell("number", Paint.FAINT, true),
          Cell.of("data set", Paint.FAINT),
          Cell.of("metrics (best constant of today)", Paint.FAINT),
          Cell.of(""));
    }
    for (VersionHealth version : scored) {
      table.row(
          Cell.number(String.valueOf(version.number())),
          Cell.of(version.evaluation().dataset()),
          Cell.of(
              version.evaluation().metrics().stream()
                  .map(HealthView::words)
                  .collect(Collectors.joining(", "))),
          Cell.of(Objects.requireNonNullElse(version.evaluation().fault(), ""), Paint.BAD));
    }
    return table.lines(style);
  }

  private static String words(MetricValue metric) {
    return "%s %s (%s)"
        .formatted(
            Contract.read(Contract.write(metric.name()), String.class),
            Words.number(metric.value()),
            metric.baseline() == null ? "-" : Words.number(metric.baseline()));
  }

  static boolean isSound(ModelStatus status) {
    return of(status).stream().allMatch(version -> version.passed() && !version.hasFaultyData());
  }

  private static List<VersionHealth> of(ModelStatus status) {
    return status.health() == null ? List.of() : status.health();
  }
}
