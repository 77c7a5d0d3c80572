package dev.firstday.trainer.evaluate;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.MetricValue;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.contract.RunResult.Evaluation.Score;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.LoadedModel;
import dev.firstday.sdk.data.Columns;
import dev.firstday.sdk.evaluation.Baseline;
import dev.firstday.sdk.evaluation.Decline;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.evaluation.Metrics;
import dev.firstday.sdk.feature.EncodedRows;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.Labels;
import dev.firstday.trainer.train.Splits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A version and the data that it is scored on.
 *
 * @param recorded how it scored at training
 * @param labels of the validation split
 * @param trainingLabels of the training split, for the best constants
 */
record Scoring(
    LoadedModel model,
    Evaluation recorded,
    EncodedRows rows,
    double[] labels,
    double[] trainingLabels)
    implements AutoCloseable {
  private static final int MOST_ROWS_AT_A_TIME = 4096;
  private static final int NUMBERS_AT_A_TIME = 4_000_000;

  /**
   * @throws RunFailure when the data do not have what the model reads or predicts
   */
  static Scoring of(Recorded version, Splits splits) {
    LoadedModel model = version.model();
    List<DatasetSpec.Column> columns = new ArrayList<>();
    for (Features.InputColumn input : model.features().columns()) {
      DatasetSpec.Column column = column(input.name(), splits);
      if (column.type() != input.type()) {
        throw new RunFailure(
            "ColumnChanged",
            "column %s of data set %s is of type %s now, and the model learnt from %s: train again"
                .formatted(input.name(), splits.manifest().name(), column.type(), input.type()),
            Cure.FIX_DATA);
      }
      columns.add(column);
    }
    List<DatasetSpec.Column> labels =
        model.task().labels().stream().map(label -> column(label, splits)).toList();
    Columns training = splits.training(labels);
    columns.addAll(labels);
    Columns validation = splits.validation(List.copyOf(columns));
    return new Scoring(
        model,
        version.evaluation(),
        splits.encoded(model.features(), validation),
        Labels.values(model.task(), validation, "validation"),
        Labels.values(model.task(), training, "training"));
  }

  /**
   * @param maxDrop how much worse than at training the first gate's metric may be; null: any
   */
  Score score(int number, Double maxDrop) {
    Map<MetricName, Double> now = Metrics.of(model.task(), answers(), labels);
    // which constant is best for the loss is not asked here
    Map<MetricName, Double> constant =
        Baseline.fit(model.task(), trainingLabels, false).score(model.task(), labels);
    MetricName metric = recorded.headlineMetric().name();
    Optional<Decline> decline =
        Decline.of(
            metric,
            now.get(metric),
            constant.get(metric),
            recorded.headlineMetric().value(),
            maxDrop);
    return new Score(
        number,
        model.digest(),
        now.keySet().stream()
            .map(name -> new MetricValue(name, now.get(name), constant.get(name), null, null, null))
            .toList(),
        decline.map(Decline::fault).orElse(null),
        decline.map(Decline::message).orElse(null));
  }

  @Override
  public void close() {
    rows.close();
  }

  private double[][] answers() {
    int[] order = IntStream.range(0, rows.rows()).toArray();
    int most =
        Math.max(1, Math.min(MOST_ROWS_AT_A_TIME, NUMBERS_AT_A_TIME / Math.max(1, rows.width())));
    float[] inputs = new float[Math.min(most, order.length) * rows.width()];
    double[][] answers = new double[order.length][];
    for (int from = 0; from < order.length; from += most) {
      int to = Math.min(from + most, order.length);
      rows.write(order, from, to, inputs);
      System.arraycopy(model.predict(inputs, to - from), 0, answers, from, to - from);
    }
    return answers;
  }

  private static DatasetSpec.Column column(String name, Splits splits) {
    return splits.manifest().columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new RunFailure(
                    "ColumnMissing",
                    "data set %s has no column %s any more, which the model needs: train again"
                        .formatted(splits.manifest().name(), name),
                    Cure.FIX_DATA));
  }
}
