package dev.firstday.cli.captures;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.terminal.Page;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import dev.firstday.sdk.capture.CaptureDocument;
import dev.firstday.sdk.capture.CaptureDocument.VersionAnswer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One captured request, what each version made of it, and where the answers differ. */
final class RequestView {
  private static final String INDENT = "  ";
  private static final String NONE = "-";
  private static final int MOST_VALUES = 40;
  private static final int DIGEST_SHOWN = 12;

  private RequestView() {}

  static List<String> lines(String deployment, CaptureDocument document, Style style) {
    Page page =
        new Page(
            List.of(
                "%s to Deployment %s, %s UTC"
                    .formatted(
                        style.paint(
                            Paint.STRONG, "Request " + Words.plain(String.valueOf(document.id()))),
                        deployment,
                        ListView.time(document.time())),
                INDENT
                    + "kept because: "
                    + style.paint(ListView.paint(document), ListView.why(document))),
            style);
    page.section("Request", request(document));
    page.section("Versions", versions(document, style));
    page.section("Answers", answers(document, style));
    for (VersionAnswer version : ListView.versions(document)) {
      if (version.answer() != null && Outputs.of(version.answer()).isEmpty()) {
        page.section("Answer of version " + version.version(), json(version.answer()));
      }
    }
    return page.lines();
  }

  private static List<String> request(CaptureDocument document) {
    List<String> lines = new ArrayList<>();
    if (document.redacted() != null) {
      lines.addAll(
          Words.wrap(
              INDENT,
              "null, since redacted: " + Words.plain(String.join(", ", document.redacted()))));
    }
    if (document.request() != null) {
      lines.addAll(json(document.request()));
    } else if (document.raw() != null && document.raw().base64() != null) {
      lines.add(
          INDENT
              + "%s of %s: JSON cannot say it, --json has it in base64"
                  .formatted(
                      Words.bytes(document.raw().base64().length),
                      Words.plain(String.valueOf(document.raw().contentType()))));
    } else {
      lines.add(INDENT + "not kept: its redacted columns cannot be told from the others");
    }
    return lines;
  }

  private static List<String> json(JsonNode node) {
    return node.toPrettyString().lines().map(line -> INDENT + Words.plain(line)).toList();
  }

  private static List<String> versions(CaptureDocument document, Style style) {
    Table table = new Table();
    for (VersionAnswer version : ListView.versions(document)) {
      boolean good = version.status() != null && version.status() / 100 == 2;
      table.row(
          Cell.of("version " + version.version()),
          Cell.of(Words.plain(String.valueOf(version.variant()))),
          Cell.of(
              version.status() == null
                  ? Words.plain("no answer: " + version.failure())
                  : "status " + version.status(),
              good ? Paint.NONE : Paint.BAD),
          Cell.number(Words.number(version.milliseconds()) + " ms"),
          Cell.of("sha256 " + cut(version.digest()), Paint.FAINT));
    }
    return table.lines(style);
  }

  private static String cut(String digest) {
    String plain = Words.plain(String.valueOf(digest));
    return plain.substring(0, Math.min(DIGEST_SHOWN, plain.length()));
  }

  /** Value by value, a column for each version; those that differ are marked. */
  private static List<String> answers(CaptureDocument document, Style style) {
    List<Map<String, String>> answers =
        ListView.versions(document).stream().map(v -> Outputs.of(v.answer())).toList();
    Set<String> names = new LinkedHashSet<>();
    answers.forEach(answer -> names.addAll(answer.keySet()));
    if (names.isEmpty()) {
      return List.of();
    }
    Table table = new Table();
    List<Cell> title = new ArrayList<>(List.of(Cell.of("")));
    ListView.versions(document)
        .forEach(v -> title.add(Cell.of("version " + v.version(), Paint.FAINT)));
    table.row(title.toArray(Cell[]::new));
    names.stream().limit(MOST_VALUES).forEach(name -> table.row(row(name, answers)));
    List<String> lines = new ArrayList<>(table.lines(style));
    if (names.size() > MOST_VALUES) {
      lines.add(INDENT + "and %d more: --json has them".formatted(names.size() - MOST_VALUES));
    }
    return lines;
  }

  private static Cell[] row(String name, List<Map<String, String>> answers) {
    List<String> values = answers.stream().map(a -> a.getOrDefault(name, NONE)).toList();
    boolean differs = values.stream().filter(v -> !v.equals(NONE)).distinct().count() > 1;
    List<Cell> cells = new ArrayList<>(List.of(Cell.of(name)));
    values.forEach(value -> cells.add(Cell.of(value, differs ? Paint.WARNING : Paint.NONE)));
    cells.add(differs ? Cell.of("differs", Paint.WARNING) : Cell.of(""));
    return cells.toArray(Cell[]::new);
  }
}
