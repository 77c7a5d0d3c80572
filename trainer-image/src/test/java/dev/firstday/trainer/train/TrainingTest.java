package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.ClassWeights;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.Layer;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.TrainingJobSpec.EarlyStopping;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.api.Updater;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.evaluation.Baseline;
import dev.firstday.sdk.evaluation.LossCurve;
import dev.firstday.sdk.feature.EncodedRows;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.Labels;
import dev.firstday.sdk.model.Losses;
import dev.firstday.sdk.model.NetworkBuilder;
import dev.firstday.sdk.model.RowWeights;
import dev.firstday.sdk.model.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;

/** Small trainings by the real DL4J. */
class TrainingTest {
  private static final Network NETWORK =
      new Network(
          null,
          null,
          List.of(Layer.dense(16, null, 0.05)),
          null,
          new Updater(Updater.Type.ADAM, 0.01, null),
          null,
          1e-5);

  @Test
  void learnsYesAndNo() {
    Trained trained = train(Synthetic.YES, NETWORK, Losses.of(List.of(Synthetic.YES)), 1);

    assertThat(trained.metric(MetricName.AUC)).isGreaterThan(0.93);
    assertThat(trained.metric(MetricName.LOG_LOSS))
        .isLessThan(trained.baseline(MetricName.LOG_LOSS) - 0.2);
  }

  @Test
  void learnsClasses() {
    Trained trained = train(Synthetic.KIND, NETWORK, Losses.of(List.of(Synthetic.KIND)), 1);

    assertThat(trained.metric(MetricName.ACCURACY)).isGreaterThan(0.75);
    assertThat(trained.metric(MetricName.LOG_LOSS))
        .isLessThan(trained.baseline(MetricName.LOG_LOSS) - 0.3);
  }

  @Test
  void learnsSeveralLabels() {
    List<Column> labels = List.of(Synthetic.YES, Synthetic.DARK);
    Trained trained =
        train(labels, NETWORK, Losses.of(labels), 40, 1, null, new ArrayList<>(), null);

    assertThat(trained.metric(MetricName.MACRO_AUC)).isGreaterThan(0.93);
    assertThat(trained.metric(MetricName.LOG_LOSS))
        .isLessThan(trained.baseline(MetricName.LOG_LOSS) - 0.2);
    assertThat(trained.metric(MetricName.SUBSET_ACCURACY))
        .isGreaterThan(trained.baseline(MetricName.SUBSET_ACCURACY) + 0.2);
    LossCurve.Point last = trained.outcome().curve().get(39);
    assertThat(last.validation())
        .as("in the unit of the training loss, which sums over the labels")
        .isCloseTo(last.training(), within(0.3 * last.training()));
  }

  /** Where a linear model's loss is least, its weighted answers sum to the weighted labels. */
  @Test
  void answersFollowTheWeightsOfClasses() {
    Trained plain = trainLinear(null);
    Trained weighted = trainLinear(new ClassWeights(null, Map.of("true", 4.0)));
    double yes = Arrays.stream(plain.training().labels()).sum();

    assertThat(plain.sumOfAnswers(1)).isCloseTo(yes, within(0.02 * yes));
    assertThat(weighted.sumOfAnswers(4)).isCloseTo(4 * yes, within(0.02 * 4 * yes));
    assertThat(weighted.sumOfAnswers(1)).isGreaterThan(1.1 * yes);
    assertThat(weighted.metric(MetricName.AUC)).isGreaterThan(0.93);
    assertThat(weighted.metric(MetricName.LOG_LOSS))
        .as("metrics count every row once")
        .isGreaterThan(plain.metric(MetricName.LOG_LOSS));
  }

  @Test
  void learnsNumbersInTheirOwnUnit() {
    Trained trained = train(Synthetic.AMOUNT, NETWORK, Losses.of(List.of(Synthetic.AMOUNT)), 1);

    assertThat(trained.metric(MetricName.R2)).isGreaterThan(0.7);
    assertThat(trained.metric(MetricName.RMSE)).isLessThan(trained.baseline(MetricName.RMSE) * 0.6);
  }

  @Test
  void learnsByAbsoluteError() {
    Trained trained = train(Synthetic.AMOUNT, NETWORK, Loss.MEAN_ABSOLUTE_ERROR, 1);

    assertThat(trained.metric(MetricName.MAE)).isLessThan(trained.baseline(MetricName.MAE) * 0.6);
  }

  @Test
  void sameSeedGivesTheSameNumbersAndAnotherSeedOthers() {
    Trained once = train(Synthetic.YES, NETWORK, Loss.BINARY_CROSS_ENTROPY, 7);
    Trained again = train(Synthetic.YES, NETWORK, Loss.BINARY_CROSS_ENTROPY, 7);
    Trained other = train(Synthetic.YES, NETWORK, Loss.BINARY_CROSS_ENTROPY, 8);

    assertThat(again.network().params()).isEqualTo(once.network().params());
    assertThat(again.outcome()).isEqualTo(once.outcome());
    assertThat(other.network().params()).isNotEqualTo(once.network().params());
  }

  @Test
  void bestEpochIsKept() {
    List<Epoch> epochs = new ArrayList<>();
    Network overfitting =
        new Network(
            null,
            null,
            List.of(Layer.dense(64, null, null)),
            null,
            new Updater(Updater.Type.ADAM, 0.05, null),
            null,
            null);
    Trained trained =
        train(
            Synthetic.YES,
            overfitting,
            Loss.BINARY_CROSS_ENTROPY,
            40,
            1,
            new EarlyStopping(3, null, null),
            epochs);
    Training.Outcome outcome = trained.outcome();

    assertThat(outcome.epochs()).isEqualTo(outcome.bestEpoch() + 3).isLessThan(40);
    assertThat(epochs).hasSize(outcome.epochs());
    assertThat(epochs.get(outcome.bestEpoch() - 1).value())
        .isEqualTo(outcome.metrics().get(MetricName.LOG_LOSS))
        .isEqualTo(epochs.stream().mapToDouble(Epoch::value).min().orElseThrow());
    assertThat(
            Training.evaluate(
                new Predictor(
                    trained.network(), trained.task(), trained.validation().features().width()),
                trained.validation()))
        .as("the network has the weights of the best epoch")
        .isEqualTo(outcome.metrics());
  }

  @Test
  void lossThatExplodesNamesEpochAndBatch() {
    assertEndsWith(
        new Updater(Updater.Type.SGD, 1e30, null),
        "LossNotFinite",
        "the loss is \\S+ in epoch 1, batch \\d+: lower the learning rate.*");
  }

  /** A number still, and far beyond what it should be. */
  @Test
  void lossBeyondAllMeasureNamesEpochAndBatch() {
    assertEndsWith(
        new Updater(Updater.Type.ADAM, 1e5, null),
        "LossExploded",
        "the loss is \\d\\.\\d+e\\+\\d+ in epoch 1, batch \\d+, and about 1 is what a constant has: lower the learning rate");
  }

  private static void assertEndsWith(Updater updater, String reason, String message) {
    Network wild =
        new Network(null, null, List.of(Layer.dense(16, null, null)), null, updater, null, null);

    assertThatThrownBy(() -> train(Synthetic.AMOUNT, wild, Loss.MEAN_SQUARED_ERROR, 1))
        .isInstanceOfSatisfying(
            RunFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.cure()).isEqualTo(Cure.FIX_SPEC);
            })
        .hasMessageMatching(message);
  }

  private static Trained train(Column label, Network network, Loss loss, long seed) {
    return train(label, network, loss, 12, seed, null, new ArrayList<>());
  }

  private static Trained trainLinear(ClassWeights weights) {
    Network linear =
        new Network(
            null, null, List.of(), null, new Updater(Updater.Type.ADAM, 0.01, null), null, null);
    return train(
        List.of(Synthetic.YES),
        linear,
        Loss.BINARY_CROSS_ENTROPY,
        60,
        1,
        null,
        new ArrayList<>(),
        weights);
  }

  private static Trained train(
      Column label,
      Network declared,
      Loss loss,
      int epochs,
      long seed,
      EarlyStopping earlyStopping,
      List<Epoch> report) {
    return train(List.of(label), declared, loss, epochs, seed, earlyStopping, report, null);
  }

  private static Trained train(
      List<Column> labels,
      Network declared,
      Loss loss,
      int epochs,
      long seed,
      EarlyStopping earlyStopping,
      List<Epoch> report,
      ClassWeights weights) {
    DeclarativeModel model = new DeclarativeModel(List.of(), declared, loss, epochs);
    Table table = Synthetic.table(1500, 1);
    Task task = Labels.task(labels, loss, table);
    Features features = Features.fit(model.features(Synthetic.FEATURES), table);
    TrainingRows rows = rows(task, features, table);
    TrainingRows training =
        new TrainingRows(
            task, rows.features(), rows.labels(), RowWeights.byClass(weights, task, rows.labels()));
    TrainingRows validation = rows(task, features, Synthetic.table(500, 2));
    ComputationGraph network = NetworkBuilder.build(model, features, task, seed, Cure.FIX_SPEC);
    MetricName suggested = task instanceof Task.Regression ? MetricName.RMSE : MetricName.LOG_LOSS;
    Training.Outcome outcome =
        new Training(epochs, 64, seed, Patience.start(earlyStopping, suggested))
            .run(network, training, validation, Checkpoints.NONE, report::add);
    Map<MetricName, Double> baseline =
        Baseline.fit(task, training.labels(), NetworkBuilder.hasAbsoluteError(network))
            .score(task, validation.labels());
    return new Trained(network, task, training, validation, outcome, baseline);
  }

  private static TrainingRows rows(Task task, Features features, Table table) {
    return new TrainingRows(
        task, EncodedRows.of(features, table), Labels.values(task, table, "validation"));
  }

  private record Trained(
      ComputationGraph network,
      Task task,
      TrainingRows training,
      TrainingRows validation,
      Training.Outcome outcome,
      Map<MetricName, Double> baselineMetrics) {
    /** Over the training rows, those whose label is true counted so many times. */
    double sumOfAnswers(double weightOfTrue) {
      int[] order = IntStream.range(0, training.rows()).toArray();
      float[] inputs = new float[order.length * training.features().width()];
      training.features().write(order, 0, order.length, inputs);
      double[][] answers =
          new Predictor(network, task, training.features().width()).predict(inputs, order.length);
      return IntStream.of(order)
          .mapToDouble(row -> answers[row][0] * (training.labels()[row] == 1 ? weightOfTrue : 1))
          .sum();
    }

    double metric(MetricName name) {
      return outcome.metrics().get(name);
    }

    double baseline(MetricName name) {
      return baselineMetrics.get(name);
    }
  }
}
