package dev.firstday.cli.model;

import dev.firstday.api.EvaluationSummary;
import dev.firstday.api.EvaluationSummary.Calibration;
import dev.firstday.api.EvaluationSummary.Confusion;
import dev.firstday.api.EvaluationSummary.Importance;
import dev.firstday.api.EvaluationSummary.Label;
import dev.firstday.api.EvaluationSummary.Slice;
import dev.firstday.api.EvaluationSummary.Slices;
import dev.firstday.api.MetricValue;
import dev.firstday.api.ModelVersion;
import dev.firstday.cli.terminal.Bar;
import dev.firstday.cli.terminal.Page;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import dev.firstday.contract.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How a version scores, as sections for a person: all that its status says of it. */
final class EvaluationView {
  private static final String NONE = "-";

  private final ModelVersion version;
  private final Style style;

  private EvaluationView(ModelVersion version, Style style) {
    this.version = version;
    this.style = style;
  }

  static void add(Page page, ModelVersion version, Style style) {
    EvaluationView view = new EvaluationView(version, style);
    EvaluationSummary summary = version.evaluation();
    page.section(
        "Metrics of version %d on its validation split%s"
            .formatted(
                version.number(),
                summary == null || summary.rows() == null
                    ? ""
                    : " (%s rows)".formatted(Words.count(summary.rows().longValue()))),
        view.metrics());
    if (summary != null) {
      EvaluationCurves curves = new EvaluationCurves(summary);
      page.section("Confusion (rows: what was, columns: what was answered)", view.confusion());
      page.section("Labels, the one that is told worst first", view.labels());
      page.section("Recall by false positive rate (ROC), and chance (.)", curves.roc());
      page.section("Precision by recall, and that of a guess (.)", curves.precisions());
      page.section("Loss by epoch: training (.) and validation (*)", curves.loss());
      page.section(view.calibrationTitle(), view.calibration());
      page.section("Worst slices of the columns that the spec names", view.declared());
      page.section(view.worstTitle(), view.worst());
      page.section("Importance: how much worse the metric gets without", view.importance());
      page.section(view.report());
    }
  }

  private List<String> metrics() {
    if (version.metrics() == null || version.metrics().isEmpty()) {
      return List.of();
    }
    Table table = new Table();
    table.row(
        Cell.of(""), head("model"), head("95 % interval"), head("best constant"), head("linear"));
    for (MetricValue metric : version.metrics()) {
      table.row(
          Cell.of(Contract.read(Contract.write(metric.name()), String.class)),
          Cell.number(number(metric.value())),
          Cell.number(interval(metric.lower(), metric.upper())),
          Cell.number(number(metric.baseline())),
          Cell.number(number(metric.linear())));
    }
    return table.lines(style);
  }

  private List<String> confusion() {
    Confusion confusion = version.evaluation().confusion();
    if (confusion == null
        || confusion.classes().size() * confusion.classes().size() != confusion.rows().size()) {
      return List.of();
    }
    int classes = confusion.classes().size();
    Table table = new Table();
    List<Cell> heads = new ArrayList<>(List.of(Cell.of("")));
    confusion.classes().forEach(name -> heads.add(head(Words.plain(name))));
    table.row(heads.toArray(Cell[]::new));
    for (int was = 0; was < classes; was++) {
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.of(Words.plain(confusion.classes().get(was)), Paint.FAINT));
      for (int said = 0; said < classes; said++) {
        Integer rows = confusion.rows().get(was * classes + said);
        cells.add(
            new Cell(Words.count(rows.longValue()), was == said ? Paint.GOOD : Paint.NONE, true));
      }
      table.row(cells.toArray(Cell[]::new));
    }
    return table.lines(style);
  }

  private List<String> labels() {
    List<Label> labels = version.evaluation().labels();
    if (labels == null || labels.isEmpty()) {
      return List.of();
    }
    Table table = new Table();
    table.row(
        Cell.of(""), head("auc"), head("f1"), head("hits"), head("false alarms"), head("misses"));
    for (Label label : labels) {
      table.row(
          Cell.of(Words.plain(label.label())),
          Cell.number(number(label.auc())),
          Cell.number(number(label.f1())),
          Cell.number(Words.count(label.hits().longValue())),
          Cell.number(Words.count(label.falseAlarms().longValue())),
          Cell.number(Words.count(label.misses().longValue())));
    }
    return table.lines(style);
  }

  private String calibrationTitle() {
    Calibration calibration = version.evaluation().calibration();
    return calibration == null
        ? ""
        : "Calibration: answers are off by %s on average".formatted(number(calibration.error()));
  }

  private List<String> calibration() {
    Calibration calibration = version.evaluation().calibration();
    if (calibration == null) {
      return List.of();
    }
    Table table = new Table();
    table.row(
        head("answered"),
        head("observed"),
        head("rows"),
        Cell.of("observed, and what was answered (|)", Paint.FAINT));
    double most =
        Stream.concat(calibration.observed().stream(), calibration.predicted().stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    for (int i = 0; i < calibration.rows().size(); i++) {
      table.row(
          Cell.number(number(calibration.predicted().get(i))),
          Cell.number(number(calibration.observed().get(i))),
          Cell.number(Words.count(calibration.rows().get(i).longValue())),
          Cell.of(
              Bar.marked(
                  calibration.observed().get(i) / most,
                  calibration.predicted().get(i) / most,
                  style)));
    }
    return table.lines(style);
  }

  private List<String> declared() {
    Slices slices = version.evaluation().slices();
    return slices == null ? List.of() : slices(slices, slices.declared());
  }

  private List<String> worst() {
    Slices slices = version.evaluation().slices();
    return slices == null ? List.of() : slices(slices, slices.worst());
  }

  private String worstTitle() {
    Slices slices = version.evaluation().slices();
    return slices == null
        ? ""
        : "Worst slices found of %d that were looked at (intervals hold for all together)"
            .formatted(slices.looked());
  }

  /** Red is what is worse than the whole even at the near end of its interval. */
  private List<String> slices(Slices slices, List<Slice> parts) {
    if (parts == null || parts.isEmpty()) {
      return List.of();
    }
    Table table = new Table();
    table.row(
        Cell.of(""),
        head("rows"),
        head(Contract.read(Contract.write(slices.metric()), String.class)),
        head("interval"));
    table.row(
        Cell.of("the whole", Paint.FAINT),
        Cell.number(
            version.evaluation().rows() == null
                ? NONE
                : Words.count(version.evaluation().rows().longValue())),
        Cell.number(number(slices.whole())),
        Cell.of(""));
    for (Slice part : parts) {
      boolean worse = part.lower() != null && part.lower() > slices.whole();
      table.row(
          Cell.of(Words.plain(part.slice())),
          Cell.number(Words.count(part.rows().longValue())),
          new Cell(number(part.score()), worse ? Paint.BAD : Paint.NONE, true),
          Cell.number(interval(part.lower(), part.upper())));
    }
    return table.lines(style);
  }

  private List<String> importance() {
    List<Importance> columns = version.evaluation().importance();
    if (columns == null || columns.isEmpty()) {
      return List.of();
    }
    Double greatest = columns.get(0).worse();
    Table table = new Table();
    for (Importance column : columns) {
      table.row(
          Cell.of(Words.plain(column.column())),
          Cell.number(number(column.worse())),
          Cell.of(column.worse() > 0 ? Bar.of(column.worse(), null, greatest, style) : ""));
    }
    return table.lines(style);
  }

  private List<String> report() {
    String report = version.evaluation().report();
    return report == null
        ? List.of()
        : List.of(
            "All of it, as HTML: " + Words.plain(report), "(firstday model report fetches it)");
  }

  private static Cell head(String text) {
    return new Cell(text, Paint.FAINT, true);
  }

  private static String number(Double value) {
    return value == null ? NONE : Words.number(value);
  }

  private static String interval(Double lower, Double upper) {
    return lower == null || upper == null
        ? NONE
        : Words.number(lower) + " to " + Words.number(upper);
  }
}
