package dev.firstday.cli.captures;

import dev.firstday.api.PairCheck;
import dev.firstday.cli.terminal.Page;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import dev.firstday.sdk.capture.CaptureDocument;
import dev.firstday.sdk.capture.CaptureDocument.VersionAnswer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line for each captured request. */
final class ListView {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LONGEST_FAILURE = 40;

  private ListView() {}

  static List<String> lines(String deployment, List<CaptureDocument> newest, Style style) {
    Table table = new Table();
    table.row(
        Cell.of("time (UTC)", Paint.FAINT),
        Cell.of("why", Paint.FAINT),
        Cell.of("versions", Paint.FAINT),
        Cell.of("id", Paint.FAINT));
    for (CaptureDocument document : newest) {
      table.row(
          Cell.of(time(document.time())),
          Cell.of(why(document), paint(document)),
          Cell.of(
              versions(document).stream()
                  .map(version -> answer(version, document))
                  .collect(Collectors.joining(" | "))),
          Cell.of(Words.plain(String.valueOf(document.id()))));
    }
    Page page =
        new Page(
            List.of(
                "%s to Deployment %s, newest first"
                    .formatted(
                        style.paint(
                            Paint.STRONG, newest.size() + " captured request" + s(newest.size())),
                        deployment)),
            style);
    page.section(table.lines(style));
    return page.lines();
  }

  private static String s(int count) {
    return count == 1 ? "" : "s";
  }

  static String time(Instant time) {
    return time == null ? "-" : TIME.format(time);
  }

  static List<VersionAnswer> versions(CaptureDocument document) {
    return document.versions() == null ? List.of() : document.versions();
  }

  static String why(CaptureDocument document) {
    return document.why() == null ? "-" : Words.plain(String.join(", ", document.why()));
  }

  /** Drawn at random is no fault; whatever else is. */
  static Paint paint(CaptureDocument document) {
    return document.why() != null
            && document.why().stream().anyMatch(why -> !why.equals(CaptureDocument.SAMPLED))
        ? Paint.WARNING
        : Paint.NONE;
  }

  /**
   * What became of the request: the first output's first value, or the failure; of one that was
   * slow also how long it took.
   */
  private static String answer(VersionAnswer version, CaptureDocument document) {
    String summary =
        "v%d %s".formatted(version.version(), Outputs.summary(version, LONGEST_FAILURE));
    return document.why() != null && document.why().contains(PairCheck.SLOW.word())
        ? summary + String.format(Locale.ROOT, " in %.1f ms", version.milliseconds())
        : summary;
  }
}
