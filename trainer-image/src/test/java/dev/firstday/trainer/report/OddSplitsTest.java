package dev.firstday.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.data.Tables;
import dev.firstday.sdk.evaluation.Baseline;
import dev.firstday.sdk.evaluation.Bootstrap;
import dev.firstday.sdk.evaluation.Details;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.evaluation.Importance;
import dev.firstday.sdk.evaluation.LossCurve;
import dev.firstday.sdk.evaluation.Metrics;
import dev.firstday.sdk.evaluation.RowLosses;
import dev.firstday.sdk.evaluation.Slices;
import dev.firstday.sdk.evaluation.Summaries;
import dev.firstday.sdk.evaluation.Yardsticks;
import dev.firstday.sdk.model.Task;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the validation split holds, hours of training are not lost over looking at it: small
 * splits, columns without a value, with NaN, with infinity, and answers that are no numbers.
 */
class OddSplitsTest {
  private static final double[] ODD = {
    0, 1, -1, 0.5, 1e300, -1e-300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  /** What sigmoid and softmax may come to. */
  private static final double[] ODD_SHARES = {0, 1, 0.5, 1e-300, Double.NaN};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 30, 301})
  void areLookedAtAndShown(int rows) {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed * 1000L + rows);
      Table table = table(rows, random);
      double[] shares = random.nextInt(4) == 0 ? ODD_SHARES : random.doubles(99).toArray();
      int classes = 2 + random.nextInt(60);
      look(
          new Task.Classes("kind", IntStream.range(0, classes).mapToObj(i -> "k" + i).toList()),
          answers(rows, classes, random, shares),
          random.ints(rows, 0, classes).asDoubleStream().toArray(),
          table);
      if (rows > 1) {
        double[] labels = random.ints(rows, 0, 2).asDoubleStream().toArray();
        labels[0] = 0;
        labels[1] = 1;
        look(new Task.Binary("late"), answers(rows, 1, random, shares), labels, table);
        look(
            new Task.MultiLabel(List.of("late", "early")),
            answers(rows, 2, random, shares),
            Arrays.stream(labels).map(label -> label == 1 ? 0b10 : 0b01).toArray(),
            table);
        double[] numbers = random.doubles(rows, -1e6, 1e6).toArray();
        look(
            new Task.Regression("delay", 3, 2),
            answers(rows, 1, random, random.nextInt(4) == 0 ? ODD : shares),
            numbers,
            table);
      }
    }
  }

  private static void look(Task task, double[][] answers, double[] labels, Table table) {
    MetricName metric = RowLosses.metric(task, false);
    Baseline baseline = Baseline.fit(task, labels, false);
    Map<MetricName, Double> metrics = Metrics.of(task, answers, labels);
    Bootstrap bootstrap = Bootstrap.of(task, answers, labels, 1);
    List<String> columns = table.columns().stream().map(Table.Column::name).toList();
    Details details =
        Details.of(
            task,
            answers,
            labels,
            bootstrap,
            new Details.LinearFit(1, 1),
            LossCurve.of(List.of(new LossCurve.Point(1, 1, Double.NaN)), 1),
            Slices.of(
                Slices.Scored.of(task, metric, answers, labels, baseline),
                table,
                Map.of("double", List.of(), "whole", List.of(-1.0, 2.0), "text", List.of()),
                columns),
            new Importance(
                metric, 1, 3, List.of(new Importance.Column("x", Double.NaN, Double.NaN))));
    Evaluation evaluation =
        Evaluation.of(
                labels.length,
                metrics,
                bootstrap.intervals(),
                new Yardsticks(baseline.score(task, labels), metrics),
                List.of(new Gate(metric, 0.0, null, null, null)))
            .with(details);

    assertThat(HtmlReport.of("m", "d/1", evaluation)).endsWith("</html>");
    assertThat(Contract.write(Summaries.of(evaluation, "s3://b/k"))).startsWith("{");
    String written = Contract.write(evaluation);
    assertThat(Contract.write(Contract.read(written, Evaluation.class))).isEqualTo(written);
    int sliced =
        details.slices().declared().stream()
            .filter(slice -> slice.column().equals("double"))
            .mapToInt(Slices.Slice::rows)
            .sum();
    assertThat(sliced).isEqualTo(labels.length);
  }

  private static double[][] answers(int rows, int outputs, Random random, double[] values) {
    return IntStream.range(0, rows)
        .mapToObj(
            row ->
                DoubleStream.generate(() -> values[random.nextInt(values.length)])
                    .limit(outputs)
                    .toArray())
        .toArray(double[][]::new);
  }

  private static Table table(int rows, Random random) {
    int kind = random.nextInt(4);
    return Tables.table()
        .with("double", Type.DOUBLE, each(rows, () -> ODD[random.nextInt(ODD.length)], random))
        .with("none", Type.DOUBLE, each(rows, () -> null, random))
        .with("whole", Type.BIGINT, each(rows, () -> random.nextLong() >> kind * 16, random))
        .with("flag", Type.BOOLEAN, each(rows, random::nextBoolean, random))
        .with(
            "time",
            Type.TIMESTAMP,
            each(
                rows,
                () -> LocalDateTime.of(2026, 1, 1, 0, 0).plusSeconds(random.nextInt()),
                random))
        .with("text", Type.VARCHAR, each(rows, () -> "<" + random.nextInt(50), random))
        .build();
  }

  private static Object[] each(int rows, Supplier<Object> value, Random random) {
    return IntStream.range(0, rows)
        .mapToObj(row -> random.nextInt(6) == 0 ? null : value.get())
        .toArray();
  }
}
