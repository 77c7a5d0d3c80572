package dev.firstday.cli.model;

import dev.firstday.api.DatasetStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.cli.terminal.Page;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a version was made from and who serves it, as lines for a person. */
final class LineageView {
  private final ModelVersion version;
  private final Neighbours neighbours;
  private final Instant now;
  private final Style style;

  private LineageView(ModelVersion version, Neighbours neighbours, Instant now, Style style) {
    this.version = version;
    this.neighbours = neighbours;
    this.now = now;
    this.style = style;
  }

  static List<String> lines(
      String model, ModelVersion version, Neighbours neighbours, Instant now, Style style) {
    LineageView view = new LineageView(version, neighbours, now, style);
    Page page =
        new Page(
            List.of(style.paint(Paint.STRONG, "Model %s/%d".formatted(model, version.number()))),
            style);
    page.section("Made", view.made());
    page.section("From", view.sources());
    page.section("Used", view.uses());
    return page.lines();
  }

  private List<String> made() {
    Table table = new Table();
    row(table, "recorded", Words.time(version.recordedAt(), now));
    row(
        table,
        "by",
        neighbours.jobOf(version).map(job -> "TrainingJob " + job + ", ").orElse("")
            + "run "
            + version.runUid());
    row(table, "artefact", "sha256 " + version.digest());
    return table.lines(style);
  }

  private List<String> sources() {
    Optional<DatasetStatus.Version> dataset = neighbours.datasetVersion(version.dataset());
    Table table = new Table();
    row(
        table,
        "data set",
        version.dataset()
            + dataset
                .map(found -> described(found))
                .orElse(" (no Dataset's status names that version any more)"));
    row(table, "training", split(version.trainDigest(), dataset.map(d -> d.trainRows())));
    row(
        table,
        "validation",
        split(version.validationDigest(), dataset.map(d -> d.validationRows())));
    row(table, "code", "sha256 " + version.codeDigest());
    return table.lines(style);
  }

  private String described(DatasetStatus.Version dataset) {
    return (dataset.tag() == null ? "" : ", tag " + dataset.tag())
        + (dataset.recordedAt() == null
            ? ""
            : ", recorded " + Words.time(dataset.recordedAt(), now));
  }

  private static String split(String digest, Optional<Long> rows) {
    return "sha256 "
        + digest
        + rows.map(count -> ", %s rows".formatted(Words.count(count))).orElse("");
  }

  private List<String> uses() {
    List<String> uses = neighbours.uses(version);
    return uses.isEmpty()
        ? List.of("  by no Deployment")
        : uses.stream().map(use -> "  " + use).toList();
  }

  private static void row(Table table, String name, String text) {
    table.row(Cell.of(name), Cell.of(text));
  }
}
