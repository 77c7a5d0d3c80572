package dev.firstday.cli.dataset;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Firstday;
import dev.firstday.cli.terminal.Heading;
import dev.firstday.cli.terminal.Page;
import dev.firstday.cli.terminal.RetentionWords;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Words;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A data set's status as lines for a person: what stops it, its versions, its checks, its clock.
 */
final class StatusView {
  private final Dataset dataset;
  private final DatasetStatus status;
  private final Instant now;
  private final Style style;

  private StatusView(Dataset dataset, Instant now, Style style) {
    this.dataset = dataset;
    this.status = dataset.getStatus();
    this.now = now;
    this.style = style;
  }

  static List<String> lines(Dataset dataset, Instant now, Style style) {
    return new StatusView(dataset, now, style).lines();
  }

  private List<String> lines() {
    Page page = new Page(Heading.lines(dataset, style), style);
    if (status == null) {
      return page.lines();
    }
    page.section("Versions", VersionsView.lines(status, now, style));
    if (status.checks() != null) {
      page.section(ChecksView.lines(status.checks(), dataset.getSpec(), now, style));
    }
    page.section(clock());
    return page.lines();
  }

  private List<String> clock() {
    Table table = new Table();
    DatasetStatus.RefreshState refresh = status.refresh();
    if (refresh != null && refresh.lastAt() != null) {
      String why =
          refresh.trigger() == null
              ? ""
              : switch (refresh.trigger()) {
                case SPEC -> wasAskedFor() ? " (new spec, or asked for)" : " (for this spec)";
                case SCHEDULE -> " (by schedule)";
                case CHANGE -> " (looking for changes)";
                case RETENTION -> " (to sweep)";
              };
      row(table, "Last refresh", Words.time(refresh.lastAt(), now) + why);
    }
    if (refresh != null && refresh.nextAt() != null) {
      row(table, "Next refresh", Words.time(refresh.nextAt(), now));
    }
    if (status.run() != null && status.run().failure() != null) {
      row(
          table,
          "Last attempt",
          status.run().failure()
              + (status.run().retryAt() == null
                  ? ""
                  : "; the next one: " + Words.time(status.run().retryAt(), now)));
    }
    if (status.retention() != null) {
      row(table, "Retention", RetentionWords.of(status.retention(), now));
    }
    return table.lines(style);
  }

  /** Whether somebody ever asked; the status does not tell that from a new spec. */
  private boolean wasAskedFor() {
    Map<String, String> annotations = dataset.getMetadata().getAnnotations();
    return annotations != null && annotations.containsKey(Firstday.REFRESH_ANNOTATION);
  }

  private static void row(Table table, String name, String text) {
    table.row(Table.Cell.of(name), Table.Cell.of(text));
  }
}
