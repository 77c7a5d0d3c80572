package dev.firstday.trainer.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.data.Tables;
import dev.firstday.sdk.evaluation.Metrics;
import dev.firstday.sdk.feature.EncodedRows;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.Labels;
import dev.firstday.sdk.model.Losses;
import dev.firstday.sdk.model.Task;
import dev.firstday.trainer.train.TrainingRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Against scikit-learn 1.9.1 on inputs of mean 0 and deviation 1, which these encodings make:
 *
 * <pre>
 * m = LogisticRegression(C=1, tol=1e-10, max_iter=10000).fit(Z, y); log_loss(y, m.predict_proba(Z))
 * r = Ridge(alpha=1).fit(Z[:, :3], (t - t.mean()) / t.std())
 * </pre>
 */
class LinearModelTest {
  private static final List<String> MEASURES =
      List.of("sepal_length", "sepal_width", "petal_length", "petal_width");

  @Test
  void classesAreThoseOfMultinomialRegression() throws IOException {
    Fitted fitted = iris("species", Type.VARCHAR, MEASURES);

    assertThat(fitted.metric(MetricName.LOG_LOSS)).isCloseTo(0.1295422689, within(5e-5));
    assertThat(fitted.metric(MetricName.ACCURACY)).isEqualTo(0.9733333333333334);
    assertThat(fitted.answers()[0]).hasSize(3);
    assertThat(Arrays.stream(fitted.answers()[0]).sum()).isCloseTo(1, within(1e-9));
  }

  @Test
  void probabilitiesAreThoseOfLogisticRegression() throws IOException {
    Fitted fitted = iris("versicolor", Type.BOOLEAN, MEASURES);

    assertThat(fitted.metric(MetricName.LOG_LOSS)).isCloseTo(0.4905098723, within(1e-5));
    assertThat(first(fitted, 3))
        .containsExactly(new double[] {0.09767853, 0.31232556, 0.18931086}, within(2e-3));
  }

  @Test
  void numbersAreThoseOfRidgeRegressionInTheLabelsUnit() throws IOException {
    Fitted fitted = iris("petal_width", Type.DOUBLE, MEASURES.subList(0, 3));

    assertThat(fitted.metric(MetricName.RMSE)).isCloseTo(0.1902852726, within(1e-5));
    assertThat(first(fitted, 3))
        .containsExactly(new double[] {0.22790159, 0.1672865, 0.18546157}, within(2e-3));
    assertThat(fitted.model().passes()).isLessThan(6);
  }

  /** More inputs than products are looked at; the row's value and label follow from its number. */
  @Test
  void manyInputsAreFittedAsWell() {
    int[] places = IntStream.range(0, 6000).map(i -> i * 7919 % 1200).toArray();
    Table table =
        Tables.table()
            .with("value", Type.VARCHAR, Arrays.stream(places).mapToObj(String::valueOf).toArray())
            .with(
                "label",
                Type.BOOLEAN,
                IntStream.range(0, 6000)
                    .mapToObj(i -> (places[i] * 31 + i * 17) % 100 < 20 + places[i] % 50)
                    .toArray())
            .build();

    Fitted fitted =
        fit(table, new Column("label", Type.BOOLEAN, Role.LABEL, null), List.of("value"));

    assertThat(fitted.metric(MetricName.LOG_LOSS)).isCloseTo(0.26722463022412013, within(1e-5));
  }

  @Test
  void sameRowsGiveTheSameNumbersAgain() throws IOException {
    assertThat(iris("species", Type.VARCHAR, MEASURES).model().weights())
        .containsExactly(iris("species", Type.VARCHAR, MEASURES).model().weights());
  }

  private static double[] first(Fitted fitted, int count) {
    return Arrays.stream(fitted.answers()).limit(count).mapToDouble(answer -> answer[0]).toArray();
  }

  private static Fitted iris(String label, Type type, List<String> features) throws IOException {
    List<String[]> lines =
        Files.readAllLines(Path.of("../examples/iris/data/iris.csv")).stream()
            .map(line -> line.split(","))
            .toList();
    List<String> header = List.of(lines.get(0));
    Tables tables = Tables.table();
    for (String measure : MEASURES) {
      int at = header.indexOf(measure);
      tables.with(
          measure,
          Type.DOUBLE,
          lines.stream().skip(1).map(line -> Double.valueOf(line[at])).toArray());
    }
    int species = header.indexOf("species");
    tables.with("species", Type.VARCHAR, lines.stream().skip(1).map(l -> l[species]).toArray());
    tables.with(
        "versicolor",
        Type.BOOLEAN,
        lines.stream().skip(1).map(l -> l[species].equals("versicolor")).toArray());
    return fit(tables.build(), new Column(label, type, Role.LABEL, null), features);
  }

  private static Fitted fit(Table table, Column label, List<String> features) {
    List<Column> columns =
        features.stream()
            .map(name -> new Column(name, table.column(name).type(), Role.FEATURE, null))
            .toList();
    Loss loss = Losses.of(List.of(label));
    Task task = Labels.task(List.of(label), loss, table);
    Features fitted =
        Features.fit(
            new DeclarativeModel(
                    List.of(), new Network(null, null, List.of(), loss, null, null, null), loss, 1)
                .features(columns),
            table);
    EncodedRows rows = EncodedRows.of(fitted, table);
    double[] labels = Labels.values(task, table, "training");
    LinearModel model = LinearModel.fit(new TrainingRows(task, rows, labels), 1);
    return new Fitted(model, model.predict(rows), labels);
  }

  private record Fitted(LinearModel model, double[][] answers, double[] labels) {
    double metric(MetricName name) {
      return Metrics.of(model.task(), answers, labels).get(name);
    }
  }
}
