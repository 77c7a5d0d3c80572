package dev.firstday.cli.dataset;

import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.trainer.fixture.DiffTable;
import dev.firstday.trainer.fixture.FixtureResult;
import dev.firstday.trainer.fixture.FixtureResult.Broken;
import dev.firstday.trainer.fixture.FixtureResult.Differs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Each test a line, and below it what is wrong, unless an earlier test has told the same. */
final class TestsView {
  private static final int SHOWN_ROWS = 20;

  private TestsView() {}

  static List<String> lines(List<FixtureResult> results, Style style) {
    List<String> lines = new ArrayList<>();
    Map<List<String>, String> told = new HashMap<>();
    for (FixtureResult result : results) {
      String mark =
          result.passed()
              ? style.paint(Paint.GOOD, style.symbol("✓", "ok    "))
              : style.paint(Paint.BAD, style.symbol("✗", "FAILED"));
      lines.add("  " + mark + " " + result.test());
      List<String> detail = detail(result.outcome(), style).toList();
      String first = result.passed() ? null : told.putIfAbsent(detail, result.test());
      (first == null ? detail : List.of("as for " + first))
          .forEach(line -> lines.add("      " + line));
    }
    return lines;
  }

  /** As {@code 3 passed, 1 failed}. */
  static String summary(List<FixtureResult> results, Style style) {
    long failed = results.stream().filter(result -> !result.passed()).count();
    long passed = results.size() - failed;
    return failed == 0
        ? style.paint(Paint.GOOD, passed + " passed")
        : passed + " passed, " + style.paint(Paint.BAD, failed + " failed");
  }

  private static Stream<String> detail(FixtureResult.Outcome outcome, Style style) {
    if (outcome instanceof Broken broken) {
      return broken.failure().getMessage().lines();
    }
    if (outcome instanceof Differs differs) {
      return Stream.concat(
          Stream.of(differs.diff().words()),
          DiffTable.lines(differs.diff(), SHOWN_ROWS).stream().map(line -> painted(line, style)));
    }
    return Stream.of();
  }

  private static String painted(String line, Style style) {
    if (line.startsWith("-")) {
      return style.paint(Paint.BAD, line);
    }
    return line.startsWith("+") ? style.paint(Paint.GOOD, line) : style.paint(Paint.FAINT, line);
  }
}
