package dev.firstday.trainer.report;

import static j2html.TagCreator.body;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import dev.firstday.api.MetricValue;
import dev.firstday.sdk.evaluation.Confusion;
import dev.firstday.sdk.evaluation.Details;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.evaluation.Gates;
import dev.firstday.sdk.evaluation.Importance;
import dev.firstday.sdk.evaluation.LabelScore;
import dev.firstday.sdk.evaluation.Slices;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A version's evaluation as one HTML file that needs nothing else: no script, no font, no address.
 * Names and values come from data; whatever they hold is text.
 */
public final class HtmlReport {
  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
      table { border-collapse: collapse; margin: .5rem 0 } th, td { padding: .2rem .8rem; text-align: right }
      th { color: #666; font-weight: 600 } th:first-child, td:first-child, .left { text-align: left }
      tr + tr { border-top: 1px solid #eee } td { overflow-wrap: anywhere; font-variant-numeric: tabular-nums }
      p { color: #444; max-width: 46rem } h2 { margin-top: 2rem } .charts { display: flex; flex-wrap: wrap; gap: 1rem }
      svg text { font: 11px system-ui, sans-serif; fill: #555 } .frame { fill: none; stroke: #ccc }
      .line { fill: none; stroke-width: 1.5 } .model { stroke: #1f6fb4 } .other { stroke: #d9822b }
      .chance { stroke: #bbb; stroke-dasharray: 4 3 } .dot { fill: #1f6fb4 } svg .name { stroke: none }
      svg .name.model { fill: #1f6fb4 } svg .name.other { fill: #d9822b } svg .name.chance { fill: #999 }
      .right { background: #e3f1e3 } .bad { color: #b3261e; font-weight: 600 }
      """;

  private final String model;
  private final String dataset;
  private final Evaluation evaluation;
  private final Details details;

  private HtmlReport(String model, String dataset, Evaluation evaluation) {
    this.model = model;
    this.dataset = dataset;
    this.evaluation = evaluation;
    this.details = evaluation.details();
  }

  /**
   * @param model its name
   * @param dataset what it learnt from, as flights/3
   * @param evaluation with its details
   */
  public static String of(String model, String dataset, Evaluation evaluation) {
    return new HtmlReport(model, dataset, evaluation).page();
  }

  private String page() {
    List<DomContent> parts = new ArrayList<>();
    parts.add(h1(model));
    parts.add(
        p(
            "Learnt from %s, and looked at on the %s rows of its validation split."
                .formatted(dataset, Figures.count(evaluation.rows()))));
    section(parts, "Metrics", metrics());
    if (details.confusion() != null) {
      section(parts, "Confusion", confusion(details.confusion()));
    }
    if (details.labels() != null) {
      section(parts, "Labels", labels(details.labels()));
    }
    section(parts, "Curves", div(each(charts(), Chart::svg)).withClass("charts"));
    section(
        parts,
        "Slices",
        p("What the spec asks for. Each interval holds with 95 %."),
        slices(details.slices().declared()));
    section(parts, "Worst slices", found(), slices(details.slices().worst()));
    section(parts, "Importance", importance(details.importance()));
    return document(
        html(
                head(
                    meta().withCharset("utf-8"),
                    meta()
                        .attr("http-equiv", "Content-Security-Policy")
                        .withContent("default-src 'none'; style-src 'unsafe-inline'"),
                    title(model + ", learnt from " + dataset),
                    style(rawHtml(STYLE))),
                body().with(parts))
            .withLang("en"));
  }

  private static void section(List<DomContent> parts, String title, DomContent... content) {
    parts.add(h2(title));
    parts.addAll(List.of(content));
  }

  private DomContent metrics() {
    ContainerTag<?> rows =
        table(heads("", "model", "95 % interval", "best constant", "linear model"));
    for (MetricValue metric : evaluation.metrics()) {
      rows.with(
          row(
              Gates.name(metric.name()),
              Figures.number(metric.value()),
              Figures.interval(metric.lower(), metric.upper()),
              Figures.number(metric.baseline()),
              Figures.number(metric.linear())));
    }
    return div(
        rows,
        p(
            "The interval is what other validation rows might have given (%s resamples of %s rows); another seed of training is not in it."
                .formatted(
                    Figures.count(details.resamples()), Figures.count(details.resampledRows()))));
  }

  private static DomContent confusion(Confusion confusion) {
    ContainerTag<?> rows =
        table(
            heads(
                Stream.concat(Stream.of("was \\ answered"), confusion.classes().stream())
                    .toArray(String[]::new)));
    for (int was = 0; was < confusion.classes().size(); was++) {
      int[] counts = confusion.rows()[was];
      int actual = was;
      rows.with(
          tr(
              td(confusion.classes().get(was)),
              each(
                  IntStream.range(0, counts.length).boxed().toList(),
                  said -> td(Figures.count(counts[said])).withCondClass(said == actual, "right"))));
    }
    return rows;
  }

  private static DomContent labels(List<LabelScore> labels) {
    ContainerTag<?> rows =
        table(
            heads(
                "label",
                "auc",
                "average precision",
                "f1",
                "calibration error",
                "hits",
                "false alarms",
                "misses",
                "rest"));
    for (LabelScore label : labels) {
      rows.with(
          row(
              label.label(),
              Figures.number(label.auc()),
              Figures.number(label.averagePrecision()),
              Figures.number(label.f1()),
              Figures.number(label.calibrationError()),
              Figures.count(label.hits()),
              Figures.count(label.falseAlarms()),
              Figures.count(label.misses()),
              Figures.count(label.rest())));
    }
    return div(rows, p("Yes is what has a probability of at least a half."));
  }

  private List<Chart> charts() {
    List<Chart> charts = new ArrayList<>(EvaluationCharts.ranks(details.curves()));
    charts.add(EvaluationCharts.calibration(details.calibration()));
    charts.add(EvaluationCharts.loss(details.loss()));
    return charts;
  }

  private DomContent slices(List<Slices.Slice> slices) {
    if (slices.isEmpty()) {
      return p("None.");
    }
    String metric = Gates.name(details.slices().metric());
    ContainerTag<?> rows =
        table(
            heads(
                "slice", "rows", metric, "interval", "best constant", "mean label", "mean answer"));
    for (Slices.Slice slice : slices) {
      boolean worse = slice.lower() != null && slice.lower() > details.slices().whole();
      rows.with(
          row(
                  slice.column() + ": " + slice.value(),
                  Figures.count(slice.rows()),
                  Figures.number(slice.score()),
                  Figures.interval(slice.lower(), slice.upper()),
                  Figures.number(slice.baseline()),
                  Figures.number(slice.observed()),
                  Figures.number(slice.predicted()))
              .withCondClass(worse, "bad"));
    }
    return rows;
  }

  private DomContent found() {
    Slices slices = details.slices();
    return p(
        "Of %s slices of the inputs with at least %s rows, those that are worse than the whole (%s). Their intervals hold all together with 95 %%; red ones lie above the whole."
            .formatted(
                Figures.count(slices.looked()),
                Figures.count(slices.leastRows()),
                Figures.number(slices.whole())));
  }

  private static DomContent importance(Importance importance) {
    ContainerTag<?> rows = table(heads("column", "worse without it", "between shuffles"));
    for (Importance.Column column : importance.columns()) {
      rows.with(
          row(column.name(), Figures.number(column.worse()), Figures.number(column.deviation())));
    }
    return div(
        p(
            "By how much %s gets worse when the column's values are shuffled among %s rows (%d times). Columns that tell the same stand in for each other."
                .formatted(
                    Gates.name(importance.metric()),
                    Figures.count(importance.rows()),
                    importance.repeats())),
        rows);
  }

  private static ContainerTag<?> heads(String... names) {
    return tr(each(List.of(names), name -> th(name)));
  }

  private static ContainerTag<?> row(String... cells) {
    return tr(each(List.of(cells), cell -> td(cell)));
  }
}
