package dev.firstday.cli.readiness;

import dev.firstday.api.ReadinessTest;
import dev.firstday.api.ReadinessTestStatus;
import dev.firstday.api.ReadinessTestStatus.Point;
import dev.firstday.api.ReadinessTestStatus.Score;
import dev.firstday.cli.terminal.Heading;
import dev.firstday.cli.terminal.Page;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How a namespace scores, as lines for a person: a table of the points, then what each rests on.
 */
final class ReadinessView {
  private static final String INDENT = "     ";

  private ReadinessView() {}

  static List<String> lines(ReadinessTest test, Instant now, Style style) {
    ReadinessTestStatus status = test.getStatus();
    Page page = new Page(Heading.lines(test, style), style);
    if (status == null || status.points() == null) {
      return page.lines();
    }
    page.section(
        List.of("%s points pass, %d in part".formatted(status.summary(), status.partial())));
    page.section(table(status.points(), now, style));
    page.section("Evidence", evidence(status.points(), style));
    return page.lines();
  }

  private static List<String> table(List<Point> points, Instant now, Style style) {
    Table table = new Table();
    for (Point point : points) {
      table.row(
          Cell.number(point.number().toString()),
          Cell.of(point.name()),
          score(point.score()),
          Cell.of(
              point.since() == null ? "" : "since " + Words.time(point.since(), now), Paint.FAINT));
    }
    return table.lines(style);
  }

  private static Cell score(Score score) {
    return switch (score) {
      case PASS -> Cell.of("pass", Paint.GOOD);
      case PARTIAL -> Cell.of("partial", Paint.WARNING);
      case FAIL -> Cell.of("fail", Paint.BAD);
    };
  }

  private static List<String> evidence(List<Point> points, Style style) {
    List<String> lines = new ArrayList<>();
    for (Point point : points) {
      lines.add("  %d  %s".formatted(point.number(), point.name()));
      point.evidence().forEach(found -> lines.addAll(Words.wrap(INDENT, Words.plain(found))));
      if (point.next() != null) {
        Words.wrap(INDENT, "Next: " + Words.plain(point.next())).stream()
            .map(line -> style.paint(Paint.STRONG, line))
            .forEach(lines::add);
      }
    }
    return lines;
  }
}
