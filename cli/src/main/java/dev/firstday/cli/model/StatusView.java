package dev.firstday.cli.model;

import dev.firstday.api.AliasState;
import dev.firstday.api.Model;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.VersionHealth;
import dev.firstday.cli.terminal.Heading;
import dev.firstday.cli.terminal.Page;
import dev.firstday.cli.terminal.RetentionWords;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's status as lines for a person: what stops it, its versions, and how one of them scores.
 */
final class StatusView {
  private static final String NONE = "-";

  private final ModelStatus status;
  private final Neighbours neighbours;
  private final Instant now;
  private final Style style;

  private StatusView(ModelStatus status, Neighbours neighbours, Instant now, Style style) {
    this.status = status;
    this.neighbours = neighbours;
    this.now = now;
    this.style = style;
  }

  /**
   * @param shown the version whose evaluation is shown; null: none
   */
  static List<String> lines(
      Model model, ModelVersion shown, Neighbours neighbours, Instant now, Style style) {
    Page page = new Page(Heading.lines(model, style), style);
    if (model.getStatus() != null) {
      StatusView view = new StatusView(model.getStatus(), neighbours, now, style);
      page.section("Versions", view.versions());
      page.section("On newer data", HealthView.evaluations(model.getStatus(), style));
      if (shown != null) {
        EvaluationView.add(page, shown, style);
      }
    }
    return page.lines();
  }

  private List<String> versions() {
    List<ModelVersion> versions = Versions.of(status);
    if (versions.isEmpty()) {
      return List.of();
    }
    Table table = new Table();
    table.row(
        new Cell("number", Paint.FAINT, true),
        Cell.of("data set", Paint.FAINT),
        Cell.of("metric", Paint.FAINT),
        Cell.of("best constant", Paint.FAINT),
        Cell.of("recorded", Paint.FAINT),
        Cell.of(""),
        Cell.of(""));
    for (ModelVersion version : versions) {
      table.row(
          Cell.number(String.valueOf(version.number())),
          Cell.of(version.dataset()),
          Cell.of(given(version.headline())),
          Cell.of(given(version.baselineHeadline())),
          Cell.of(Words.time(version.recordedAt(), now)),
          Cell.of(String.join(", ", marks(version)), Paint.GOOD),
          health(version));
    }
    List<String> lines = table.lines(style);
    int more = status.versionCount() == null ? 0 : status.versionCount() - versions.size();
    if (more > 0) {
      lines = new ArrayList<>(lines);
      lines.add("  and %,d older ones in S3".formatted(more));
    }
    if (status.retention() != null) {
      lines = new ArrayList<>(lines);
      lines.addAll(Words.wrap("  ", "retention: " + RetentionWords.of(status.retention(), now)));
    }
    return lines;
  }

  private List<String> marks(ModelVersion version) {
    List<String> marks = new ArrayList<>();
    if (status.newest() != null && version.number().equals(status.newest().number())) {
      marks.add("newest");
    }
    if (status.aliases() != null) {
      status.aliases().stream()
          .filter(alias -> version.number().equals(alias.now().version()))
          .map(AliasState::name)
          .forEach(marks::add);
    }
    marks.addAll(neighbours.uses(version));
    if (isIn(status.retention() == null ? null : status.retention().marked(), version)) {
      marks.add("to be deleted");
    }
    return marks;
  }

  private static boolean isIn(List<Integer> numbers, ModelVersion version) {
    return numbers != null && numbers.contains(version.number());
  }

  /** What keeps it from being served; nothing, of most versions. */
  private Cell health(ModelVersion version) {
    List<VersionHealth> known = status.health() == null ? List.of() : status.health();
    return known.stream()
        .filter(entry -> entry.digest().equals(version.digest()))
        .findFirst()
        .map(entry -> Cell.of(entry.passed() ? "" : entry.fault(), Paint.BAD))
        .orElse(Cell.of("not inspected yet", Paint.WARNING));
  }

  private static String given(String text) {
    return text == null ? NONE : text;
  }
}
