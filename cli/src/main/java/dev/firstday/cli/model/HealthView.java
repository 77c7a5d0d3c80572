package dev.firstday.cli.model;

import dev.firstday.api.ModelStatus;
import dev.firstday.api.VersionHealth;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
              ? Cell.of("as it was recorded", Paint.GOOD)
              : Cell.of(version.fault(), Paint.BAD));
    }
    List<String> lines = new ArrayList<>(table.lines(style));
    health.stream()
        .filter(version -> !version.passed())
        .map(version -> "version %d: %s".formatted(version.number(), version.message()))
        .flatMap(words -> Words.wrap(INDENT, words).stream())
        .forEach(lines::add);
    return lines;
  }

  static boolean isSound(ModelStatus status) {
    return of(status).stream().allMatch(VersionHealth::passed);
  }

  private static List<VersionHealth> of(ModelStatus status) {
    return status.health() == null ? List.of() : status.health();
  }
}
