package dev.firstday.trainer.train;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.Layer;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Channel;
import dev.firstday.api.Network.Loss;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.data.Tables;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.Labels;
import dev.firstday.sdk.model.NetworkBuilder;
import dev.firstday.sdk.model.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * How fast an LSTM of 128 learns from sequences of 50 steps with 32 numbers each, in batches of 64:
 * {@code SequenceSpeed ROWS EPOCHS}, or, to write the sequences as the network gets them, {@code
 * SequenceSpeed ROWS export FOLDER}. Prints one line of JSON.
 */
public final class SequenceSpeed {
  private static final int STEPS = 50;
  private static final int CHANNELS = 32;
  private static final int BATCH = 64;

  /**
   * Numbers of the first channel at the end, whose sum is the label's: what an LSTM has to keep.
   */
  private static final int TELLING = 10;

  private static final Column LABEL = new Column("yes", Type.BOOLEAN, Role.LABEL, null);

  private SequenceSpeed() {}

  public static void main(String[] arguments) throws Exception {
    int rows = Integer.parseInt(arguments[0]);
    DeclarativeModel model = model();
    Table table = table(rows, TrainingSpeed.SEED);
    Task task = Labels.task(List.of(LABEL), Loss.BINARY_CROSS_ENTROPY, table);
    Features features = Features.fit(model.features(columns()), table);
    TrainingRows training = TrainingSpeed.rows(task, features, table);
    TrainingRows validation =
        TrainingSpeed.rows(task, features, table(rows / 4, TrainingSpeed.SEED + 1));
    if (arguments[1].equals("export")) {
      TrainingSpeed.export(training, Path.of(arguments[2]), "train");
      TrainingSpeed.export(validation, Path.of(arguments[2]), "validation");
      System.out.println(Contract.write(Map.of("channels", CHANNELS, "steps", STEPS)));
    } else {
      ComputationGraph network =
          NetworkBuilder.build(model, features, task, TrainingSpeed.SEED, Cure.FIX_SPEC);
      System.out.println(
          Contract.write(
              TrainingSpeed.learn(
                  network, training, validation, Integer.parseInt(arguments[1]), BATCH)));
    }
    System.exit(0);
  }

  private static DeclarativeModel model() {
    List<Channel> sequence =
        IntStream.range(0, CHANNELS)
            .mapToObj(
                channel ->
                    new Channel(
                        IntStream.range(0, STEPS).mapToObj(step -> name(channel, step)).toList()))
            .toList();
    return new DeclarativeModel(
        List.of(),
        new Network(
            null,
            sequence,
            List.of(new Layer(Layer.Type.LSTM, 128, null, null, null)),
            null,
            null,
            null,
            null),
        Loss.BINARY_CROSS_ENTROPY,
        1);
  }

  private static String name(int channel, int step) {
    return "c" + channel + "_" + step;
  }

  private static List<Column> columns() {
    return IntStream.range(0, CHANNELS)
        .boxed()
        .flatMap(channel -> IntStream.range(0, STEPS).mapToObj(step -> name(channel, step)))
        .map(name -> new Column(name, Type.DOUBLE, Role.FEATURE, null))
        .toList();
  }

  private static Table table(int rows, long seed) {
    Random random = new Random(seed);
    Tables table = Tables.table();
    double[] signal = new double[rows];
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int step = 0; step < STEPS; step++) {
        Object[] values = new Object[rows];
        for (int row = 0; row < rows; row++) {
          double value = random.nextGaussian();
          values[row] = value;
          signal[row] += channel == 0 && step >= STEPS - TELLING ? value : 0;
        }
        table.with(name(channel, step), Type.DOUBLE, values);
      }
    }
    Object[] label = new Object[rows];
    for (int row = 0; row < rows; row++) {
      label[row] = signal[row] > 0;
    }
    return table.with(LABEL.name(), Type.BOOLEAN, label).build();
  }
}
