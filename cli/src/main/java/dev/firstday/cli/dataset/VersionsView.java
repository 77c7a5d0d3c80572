package dev.firstday.cli.dataset;

import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.Version;
import dev.firstday.api.RetentionState;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The chain of versions, newest first, and what is the matter with each. */
final class VersionsView {
  private VersionsView() {}

  static List<String> lines(DatasetStatus status, Instant now, Style style) {
    List<Version> versions = versions(status);
    if (versions.isEmpty()) {
      return List.of();
    }
    boolean tests = versions.stream().anyMatch(version -> version.testRows() != null);
    Table table = new Table();
    table.row(
        head("number", true),
        head("tag", false),
        head("train", true),
        head("validation", true),
        head(tests ? "test" : "", true),
        head("recorded", false),
        head("", false));
    for (Version version : versions) {
      boolean refused = Boolean.TRUE.equals(version.refused());
      table.row(
          Cell.number(String.valueOf(version.number())),
          Cell.of(version.tag() == null ? "-" : version.tag()),
          Cell.number(Words.count(version.trainRows())),
          Cell.number(Words.count(version.validationRows())),
          Cell.number(tests ? Words.count(version.testRows()) : ""),
          Cell.of(version.recordedAt() == null ? "-" : Words.time(version.recordedAt(), now)),
          Cell.of(
              String.join(", ", marks(version, status)),
              refused ? Paint.BAD : isLatest(version, status) ? Paint.GOOD : Paint.NONE));
    }
    return table.lines(style);
  }

  private static Cell head(String text, boolean right) {
    return new Cell(text, Paint.FAINT, right);
  }

  /** An old one may be in use and no longer among the last ten. */
  private static List<Version> versions(DatasetStatus status) {
    TreeMap<Integer, Version> versions = new TreeMap<>();
    if (status.latest() != null) {
      versions.put(status.latest().number(), status.latest());
    }
    if (status.refused() != null) {
      versions.put(status.refused().number(), status.refused());
    }
    if (status.versions() != null) {
      status.versions().forEach(version -> versions.put(version.number(), version));
    }
    return new ArrayList<>(versions.descendingMap().values());
  }

  private static boolean isLatest(Version version, DatasetStatus status) {
    return status.latest() != null && status.latest().number().equals(version.number());
  }

  private static List<String> marks(Version version, DatasetStatus status) {
    RetentionState retention = status.retention();
    List<String> marks = new ArrayList<>();
    mark(marks, "latest", isLatest(version, status));
    mark(marks, "refused", Boolean.TRUE.equals(version.refused()));
    mark(marks, "in use", isIn(status.pinned(), version));
    if (retention != null) {
      mark(marks, "to be deleted", isIn(retention.marked(), version));
      mark(marks, "deleted", isIn(retention.deleted(), version));
      mark(marks, "would be marked", isIn(retention.wouldMark(), version));
      mark(marks, "would be deleted", isIn(retention.wouldDelete(), version));
    }
    return marks;
  }

  private static void mark(List<String> marks, String word, boolean holds) {
    if (holds) {
      marks.add(word);
    }
  }

  private static boolean isIn(List<Integer> numbers, Version version) {
    return numbers != null && numbers.contains(version.number());
  }
}
