package dev.firstday.cli.model;

import dev.firstday.api.DatasetStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.cli.terminal.Page;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.data.DatasetManifest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

  /**
   * @param stored what the manifests say; empty: they were not read
   */
  static List<String> lines(
      String model,
      ModelVersion version,
      Neighbours neighbours,
      Optional<StoredLineage> stored,
      Instant now,
      Style style) {
    LineageView view = new LineageView(version, neighbours, now, style);
    Page page =
        new Page(
            List.of(style.paint(Paint.STRONG, "Model %s/%d".formatted(model, version.number()))),
            style);
    page.section("Made", view.made());
    page.section("From", view.sources());
    stored.ifPresent(
        read -> {
          page.section("Trained", view.trained(read.manifest()));
          page.section("Source files", view.files(read.dataset()));
        });
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

  private List<String> trained(ModelManifest manifest) {
    Table table = new Table();
    row(table, "data set", "sha256 " + manifest.dataset().digest());
    ModelManifest.FileReference start = manifest.files().get(ModelManifest.START);
    row(
        table,
        "begun with",
        (start == null ? "weights by chance" : "network sha256 " + start.digest())
            + ", seed "
            + manifest.seed());
    row(
        table,
        "for",
        "%d epochs, the best is %d".formatted(manifest.epochs(), manifest.bestEpoch()));
    row(table, "image", manifest.image() == null ? "not recorded" : Words.plain(manifest.image()));
    row(
        table,
        "by",
        new TreeMap<>(manifest.libraries())
            .entrySet().stream()
                .map(library -> library.getKey() + " " + library.getValue())
                .collect(Collectors.joining(", ")));
    return table.lines(style);
  }

  private List<String> files(DatasetManifest dataset) {
    Table table = new Table();
    for (DatasetManifest.SourceFile file : dataset.sources()) {
      row(
          table,
          file.table(),
          "%s, sha256 %s, %s"
              .formatted(Words.plain(file.uri()), file.digest(), Words.bytes(file.bytes())));
    }
    return table.lines(style);
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
