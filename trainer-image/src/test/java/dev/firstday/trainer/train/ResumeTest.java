package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Layer;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.RateSchedule;
import dev.firstday.api.TrainingJobSpec.EarlyStopping;
import dev.firstday.api.TrainingJobSpec.Encoding;
import dev.firstday.api.TrainingJobSpec.Feature;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.api.Updater;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.feature.EncodedRows;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.Labels;
import dev.firstday.sdk.model.NetworkBuilder;
import dev.firstday.sdk.model.Task;
import dev.firstday.trainer.LeftException;
import dev.firstday.trainer.train.dense.DenseLearner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that is cut off and goes on with another network ends as if nothing had happened. */
class ResumeTest {
  private static final int BATCH = 64;
  private static final int STEPS = 8;
  private static final int EPOCHS = 6;
  private static final long SEED = 3;
  private static final String OF = "this training";

  /** Who teaches the network: the learner in Java, or DL4J, which gets what that does not know. */
  enum Teacher {
    DENSE,
    DL4J,
    DL4J_WITH_BRANCHES;

    DeclarativeModel model(Updater updater) {
      Network network =
          this == DL4J_WITH_BRANCHES
              ? new Network(
                  null,
                  List.of(new Network.Channel(List.of("x", "hour"))),
                  List.of(
                      new Layer(Layer.Type.CONV1D, 4, 2, null, 0.1),
                      new Layer(Layer.Type.LSTM, 4, null, null, 0.2),
                      Layer.dense(8, null, 0.2)),
                  null,
                  updater,
                  null,
                  1e-5)
              : new Network(
                  null, null, List.of(Layer.dense(16, null, 0.2)), null, updater, null, 1e-5);
      List<Feature> features =
          this == DL4J_WITH_BRANCHES
              ? List.of(new Feature("colour", Encoding.EMBEDDING, null, null, 2))
              : List.of();
      return new DeclarativeModel(features, network, Loss.BINARY_CROSS_ENTROPY, EPOCHS);
    }

    ComputationGraph prepare(ComputationGraph network) {
      if (this == DL4J) {
        BaseLayer layer = (BaseLayer) network.getLayer(0).conf().getLayer();
        layer.setGradientNormalization(GradientNormalization.ClipL2PerLayer);
        layer.setGradientNormalizationThreshold(0.5);
      }
      assertThat(DenseLearner.of(network, SEED, 1).isPresent()).isEqualTo(this == DENSE);
      return network;
    }
  }

  static Stream<Arguments> teachersAndUpdaters() {
    return Stream.of(Teacher.values())
        .flatMap(
            teacher ->
                Stream.of(Updater.Type.values()).map(updater -> Arguments.of(teacher, updater)));
  }

  @ParameterizedTest
  @MethodSource("teachersAndUpdaters")
  void endsWithTheNumbersOfAnUndisturbedOne(Teacher teacher, Updater.Type updater) {
    Trained undisturbed = train(teacher, updater, 0.01, null, new Cuts(Integer.MAX_VALUE));

    for (int every : List.of(1, 5, STEPS, STEPS + 1)) {
      Cuts cuts = new Cuts(every);
      assertThat(train(teacher, updater, 0.01, null, cuts))
          .as("cut every %d steps", every)
          .isEqualTo(undisturbed);
      assertThat(cuts.made).isEqualTo(EPOCHS * STEPS / every);
    }
  }

  @ParameterizedTest
  @EnumSource(Teacher.class)
  void endsWithTheNumbersOfAnUndisturbedOneWhoseRateChanges(Teacher teacher) {
    RateSchedule schedule = new RateSchedule(RateSchedule.Type.COSINE, null, null, 2);
    Updater updater = new Updater(Updater.Type.ADAM, 0.01, schedule);
    Trained undisturbed = train(teacher, updater, null, new Cuts(Integer.MAX_VALUE));

    for (int every : List.of(1, 5, STEPS, STEPS + 1)) {
      assertThat(train(teacher, updater, null, new Cuts(every)))
          .as("cut every %d steps", every)
          .isEqualTo(undisturbed);
    }
    assertThat(undisturbed)
        .isNotEqualTo(train(teacher, Updater.Type.ADAM, 0.01, null, new Cuts(Integer.MAX_VALUE)));
  }

  @Test
  void keepsTheBestEpochThatAnAttemptBeforeFound() {
    EarlyStopping early = new EarlyStopping(3, MetricName.LOG_LOSS, null);
    Trained undisturbed =
        train(Teacher.DENSE, Updater.Type.ADAM, 0.5, early, new Cuts(Integer.MAX_VALUE));

    assertThat(undisturbed.outcome().bestEpoch()).isLessThan(undisturbed.outcome().epochs());
    assertThat(train(Teacher.DENSE, Updater.Type.ADAM, 0.5, early, new Cuts(3)))
        .isEqualTo(undisturbed);
  }

  /** Attempts, each with a network of its own, until one is not cut off. */
  private static Trained train(
      Teacher teacher, Updater.Type updater, double rate, EarlyStopping early, Cuts checkpoints) {
    return train(teacher, new Updater(updater, rate, null), early, checkpoints);
  }

  private static Trained train(
      Teacher teacher, Updater updater, EarlyStopping early, Cuts checkpoints) {
    DeclarativeModel model = teacher.model(updater);
    Table table = Synthetic.table(STEPS * BATCH - 10, 1);
    Task task = Labels.task(List.of(Synthetic.YES), Loss.BINARY_CROSS_ENTROPY, table);
    Features features = Features.fit(model.features(Synthetic.FEATURES), table);
    TrainingRows rows = rows(task, features, table);
    TrainingRows validation = rows(task, features, Synthetic.table(200, 2));
    Training training =
        new Training(EPOCHS, BATCH, SEED, Patience.start(early, MetricName.LOG_LOSS));
    List<Epoch> epochs = new ArrayList<>();
    while (true) {
      ComputationGraph network =
          teacher.prepare(NetworkBuilder.build(model, features, task, SEED, Cure.FIX_SPEC));
      try {
        Training.Outcome outcome =
            training.run(network, rows, validation, checkpoints, epochs::add);
        return Trained.of(outcome, network, epochs);
      } catch (LeftException e) {
        checkpoints.made++;
      }
    }
  }

  private static TrainingRows rows(Task task, Features features, Table table) {
    return new TrainingRows(
        task, EncodedRows.of(features, table), Labels.values(task, table, "training"));
  }

  private record Trained(
      Training.Outcome outcome, List<Float> weights, List<Double> losses, List<Double> values) {
    static Trained of(Training.Outcome outcome, ComputationGraph network, List<Epoch> epochs) {
      List<Float> weights = new ArrayList<>();
      for (float weight : network.params().data().asFloat()) {
        weights.add(weight);
      }
      return new Trained(
          outcome,
          weights,
          epochs.stream().map(Epoch::loss).toList(),
          epochs.stream().map(Epoch::value).toList());
    }
  }

  /** Cuts training off after every so many steps, with a checkpoint as bytes. */
  private static final class Cuts implements Checkpoints {
    private final int every;
    private int steps;
    private int made;
    private byte[] last = {};

    Cuts(int every) {
      this.every = every;
    }

    @Override
    public Optional<Checkpoint> last() {
      return Checkpoint.read(last, OF);
    }

    @Override
    public void afterStep(Supplier<Checkpoint> present) {
      if (++steps % every == 0) {
        last = present.get().write(OF);
        throw new LeftException("cut off after %d steps".formatted(steps));
      }
    }
  }
}
