package dev.firstday.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.data.Tables;
import dev.firstday.sdk.evaluation.Baseline;
import dev.firstday.sdk.evaluation.Bootstrap;
import dev.firstday.sdk.evaluation.Details;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.evaluation.Importance;
import dev.firstday.sdk.evaluation.LossCurve;
import dev.firstday.sdk.evaluation.Metrics;
import dev.firstday.sdk.evaluation.Slices;
import dev.firstday.sdk.evaluation.Yardsticks;
import dev.firstday.sdk.model.Task;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private static final String HOSTILE =
      "</td><script>alert('\"&')</script><img src=\"http://x/y\">";

  @Test
  void whatDataHoldsIsText() {
    String page =
        report(
            new Task.Classes(HOSTILE, List.of(HOSTILE, "b")),
            MetricName.LOG_LOSS,
            new double[][] {{0.9, 0.1}, {0.2, 0.8}, {0.6, 0.4}, {0.3, 0.7}},
            new double[] {0, 1, 1, 0});

    assertThat(page)
        .contains("&lt;/td&gt;&lt;script&gt;alert(")
        .contains("<td>1</td>")
        .doesNotContain("<script")
        .doesNotContain("<img")
        .doesNotContain("NaN");
    assertThat(tags(page)).doesNotContain("src=", "href=", "url(", "http:", "onerror=");
  }

  @Test
  void yesAndNoHaveAllSections() {
    double[][] answers =
        IntStream.range(0, 400)
            .mapToObj(i -> new double[] {i * 37 % 101 / 101.0})
            .toArray(double[][]::new);
    double[] labels =
        IntStream.range(0, 400)
            .mapToDouble(i -> i * 53 % 97 / 97.0 < i * 37 % 101 / 101.0 ? 1 : 0)
            .toArray();

    String page = report(new Task.Binary("late"), MetricName.LOG_LOSS, answers, labels);

    // as in DetailsTest, where they are held against scikit-learn
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains("<tr><td>auc</td><td>0.8192</td>")
        .contains("<td>false</td><td class=\"right\">151</td><td>48</td>")
        .contains("ROC: late", "average precision 0.8212", "off by 0.03988 on average")
        .contains("the weights of 2 were kept")
        .contains("<td>size: from 100 to below 200</td><td>100</td>")
        .contains("<td>x</td><td>0.25</td><td>0.01</td>");
    assertThat(page.length()).isLessThan(60_000);
  }

  @Test
  void severalLabelsHaveATableAndACurveEach() {
    String page =
        report(
            new Task.MultiLabel(List.of(HOSTILE, "night")),
            MetricName.LOG_LOSS,
            new double[][] {{0.9, 0.1}, {0.2, 0.8}, {0.6, 0.4}, {0.3, 0.7}},
            new double[] {0b01, 0b10, 0b10, 0b01});

    assertThat(page)
        .contains("<td>macroAuc</td>", "<td>subsetAccuracy</td>", "<h2>Labels</h2>")
        // auc, average precision, f1, calibration error, hits, false alarms, misses, rest
        .contains("<tr><td>night</td><td>0.75</td><td>0.8333</td><td>0.5</td>")
        .contains("ROC: night", "Calibration: off by")
        .doesNotContain("<script", "<h2>Confusion</h2>", "NaN");
  }

  @Test
  void numbersHaveNoConfusionAndNoRanks() {
    String page =
        report(
            new Task.Regression("delay", 2, 1),
            MetricName.RMSE,
            new double[][] {{1}, {2}, {3}},
            new double[] {1, 2, 5});

    assertThat(page)
        .contains("<tr><td>rmse</td><td>1.155</td>", "Calibration")
        .doesNotContain("Confusion", "ROC");
  }

  private static String report(Task task, MetricName metric, double[][] answers, double[] labels) {
    Table table =
        Tables.table()
            .with(
                "size",
                Type.DOUBLE,
                IntStream.range(0, labels.length).mapToObj(i -> (double) i).toArray())
            .with(
                HOSTILE,
                Type.VARCHAR,
                IntStream.range(0, labels.length).mapToObj(i -> HOSTILE).toArray())
            .build();
    Baseline baseline = Baseline.fit(task, labels, false);
    Bootstrap bootstrap = Bootstrap.of(task, answers, labels, 1);
    Map<MetricName, Double> metrics = Metrics.of(task, answers, labels);
    Details details =
        Details.of(
            task,
            answers,
            labels,
            bootstrap,
            new Details.LinearFit(9, 3),
            LossCurve.of(
                List.of(new LossCurve.Point(1, 0.7, 0.6), new LossCurve.Point(2, 0.5, 0.55)), 2),
            Slices.of(
                Slices.Scored.of(task, metric, answers, labels, baseline),
                table,
                Map.of("size", List.of(), HOSTILE, List.of()),
                List.of("size", HOSTILE)),
            new Importance(metric, 10, 3, List.of(new Importance.Column("x", 0.25, 0.01))));
    return HtmlReport.of(
        HOSTILE,
        "flights/3",
        Evaluation.of(
                labels.length,
                metrics,
                bootstrap.intervals(),
                new Yardsticks(baseline.score(task, labels), metrics),
                List.of(new Gate(metric, 0.0, null, null, null)))
            .with(details));
  }

  /** All that stands between angle brackets. */
  private static String tags(String page) {
    return String.join(
        "", Pattern.compile("<[^>]*>").matcher(page).results().map(r -> r.group()).toList());
  }
}
