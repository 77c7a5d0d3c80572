package dev.firstday.sdk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.Layer;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Channel;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.api.TrainingJobSpec.Encoding;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.artefact.ModelZip;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.data.Tables;
import dev.firstday.sdk.feature.Features;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks with branches, on columns of every kind. */
class DeclaredGraphTest {
  private static final Task LATE = new Task.Binary("late");
  private static final List<Column> COLUMNS =
      List.of(
          column("now", Type.DOUBLE),
          column("carrier", Type.VARCHAR),
          column("a1", Type.DOUBLE),
          column("a2", Type.DOUBLE),
          column("a3", Type.DOUBLE),
          column("b1", Type.DOUBLE),
          column("b2", Type.DOUBLE),
          column("b3", Type.DOUBLE),
          column("wind", Type.DOUBLE));
  private static final Table TABLE =
      Tables.table()
          .with("now", Type.DOUBLE, 1.0, 3.0)
          .with("carrier", Type.VARCHAR, "UA", "AA")
          .with("a1", Type.DOUBLE, 1.0, 3.0)
          .with("a2", Type.DOUBLE, 2.0, null)
          .with("a3", Type.DOUBLE, 7.0, 3.0)
          .with("b1", Type.DOUBLE, 10.0, 30.0)
          .with("b2", Type.DOUBLE, 30.0, 10.0)
          .with("b3", Type.DOUBLE, 10.0, 30.0)
          .with("wind", Type.DOUBLE, null, 4.0)
          .build();
  private static final List<Channel> SEQUENCE =
      List.of(new Channel(List.of("a1", "a2", "a3")), new Channel(List.of("b1", "b2", "b3")));
  private static final TrainingJobSpec.Feature EMBEDDED =
      new TrainingJobSpec.Feature("carrier", Encoding.EMBEDDING, null, null, 4);

  @Test
  void embeddingGivesAValuesLineOfItsWeights() {
    Built built = build(List.of(EMBEDDED), null, Layer.dense(5, null, null));
    // now and six steps, which are plain numbers here but for a2 and wind, whose values may miss
    int plain = 7 + 1 + 2;
    INDArray weights = built.network().getLayer("embedding of carrier").getParam("W");

    assertThat(weights.shape()).containsExactly(2, 4);
    assertThat(built.network().numParams()).isEqualTo(2 * 4 + (plain + 4) * 5 + 5 + 5 + 1);
    assertThat(built.activation("embedding of carrier", row("carrier", "AA")))
        .containsExactly(weights.getRow(0).toFloatVector());
    assertThat(built.activation("embedding of carrier", row("carrier", "UA")))
        .containsExactly(weights.getRow(1).toFloatVector());
    assertThat(built.activation("embedding of carrier", row("carrier", "DL")))
        .as("never seen, and there is no input for such values")
        .containsOnly(0);
  }

  @Test
  void sequenceIsReadChannelByChannelAndStepByStep() {
    Built built = build(List.of(), SEQUENCE, new Layer(Layer.Type.LSTM, 6, null, null, null));

    INDArray sequence = built.at("sequence", TABLE, 0);

    assertThat(sequence.shape()).containsExactly(1, 2, 3);
    // of two values each is one deviation from the mean; a2 has one, and so none
    assertThat(sequence.dup('c').data().asFloat()).containsExactly(-1, 0, 1, -1, 1, -1);
    assertThat(built.at("sequence", TABLE, 1).dup('c').data().asFloat())
        .as("a missing step is the mean")
        .containsExactly(1, 0, -1, 1, -1, 1);
    assertThat(built.features().inputs())
        .startsWith("a1", "a2", "a3", "b1", "b2", "b3", "now", "carrier=AA", "carrier=UA");
  }

  /** Hochreiter and Schmidhuber's cell, step by step, with the weights in DL4J's order. */
  @Test
  void lstmGivesItsLastStep() {
    Built built = build(List.of(), SEQUENCE, new Layer(Layer.Type.LSTM, 3, null, null, null));
    var layer = built.network().getLayer("sequence0");
    double[][] in = layer.getParam("W").toDoubleMatrix();
    double[][] recurrent = layer.getParam("RW").toDoubleMatrix();
    double[] bias = layer.getParam("b").dup().data().asDouble();
    double[][] channels = {{-1, 0, 1}, {-1, 1, -1}};
    double[] state = new double[3];
    double[] answer = new double[3];
    for (int step = 0; step < 3; step++) {
      double[] sums = bias.clone();
      for (int i = 0; i < 12; i++) {
        for (int c = 0; c < 2; c++) {
          sums[i] += channels[c][step] * in[c][i];
        }
        for (int unit = 0; unit < 3; unit++) {
          sums[i] += answer[unit] * recurrent[unit][i];
        }
      }
      double[] next = new double[3];
      for (int unit = 0; unit < 3; unit++) {
        double candidate = Math.tanh(sums[unit]);
        double forget = sigmoid(sums[3 + unit]);
        double output = sigmoid(sums[6 + unit]);
        double input = sigmoid(sums[9 + unit]);
        state[unit] = forget * state[unit] + input * candidate;
        next[unit] = output * Math.tanh(state[unit]);
      }
      answer = next;
    }

    double[] given = built.at("sequence0", TABLE, 0).dup('c').data().asDouble();

    assertThat(given).containsExactly(answer, within(1e-5));
  }

  /** Zeros stand beyond the ends, so that there are as many steps as before. */
  @Test
  void convolutionGivesAllItsSteps() {
    Built built = build(List.of(), SEQUENCE, new Layer(Layer.Type.CONV1D, 4, 3, null, null));
    // DL4J says [filters, channels, kernel] and has them in the order of [kernel, channels,
    // filters]
    float[] weights = built.network().getLayer("sequence0").getParam("W").dup('c').data().asFloat();
    double[][] padded = {{0, -1, 0, 1, 0}, {0, -1, 1, -1, 0}};
    double[] expected = new double[12];
    for (int unit = 0; unit < 4; unit++) {
      for (int step = 0; step < 3; step++) {
        double sum = 0;
        for (int c = 0; c < 2; c++) {
          for (int k = 0; k < 3; k++) {
            sum += padded[c][step + k] * weights[(k * 2 + c) * 4 + unit];
          }
        }
        expected[unit * 3 + step] = Math.max(0, sum);
      }
    }

    assertThat(weights).hasSize(4 * 2 * 3);
    assertThat(built.at("all steps", TABLE, 0).dup('c').data().asDouble())
        .containsExactly(expected, within(1e-5));
  }

  @ParameterizedTest
  @EnumSource(
      value = Layer.Type.class,
      names = {"CONV1D", "LSTM"})
  void networkWithEverythingComesBackFromItsZip(Layer.Type type) {
    Built built =
        build(
            List.of(EMBEDDED),
            SEQUENCE,
            new Layer(Layer.Type.CONV1D, 8, 2, null, 0.1),
            new Layer(type, 4, null, null, 0.2),
            Layer.dense(6, null, 0.3));
    float[] inputs = built.encode(TABLE, 0);
    INDArray batch = Nd4j.createFromArray(inputs).reshape(1, inputs.length);

    ComputationGraph back = ModelZip.read(ModelZip.write(built.network()));

    assertThat(back.output(batch)[0]).isEqualTo(built.network().output(batch)[0]);
    assertThat(Graphs.chain(back)).isEmpty();
  }

  private static double sigmoid(double sum) {
    return 1 / (1 + Math.exp(-sum));
  }

  private static Column column(String name, Type type) {
    return new Column(name, type, Role.FEATURE, null);
  }

  private static Table row(String column, String value) {
    List<Table.Column> columns = new ArrayList<>(TABLE.columns());
    columns.removeIf(c -> c.name().equals(column));
    columns.addAll(Tables.table().with(column, Type.VARCHAR, value, value).build().columns());
    return new Table(2, columns);
  }

  private static Built build(
      List<TrainingJobSpec.Feature> features, List<Channel> sequence, Layer... layers) {
    DeclarativeModel model =
        new DeclarativeModel(
            features,
            new Network(null, sequence, Arrays.asList(layers), null, null, null, null),
            Loss.BINARY_CROSS_ENTROPY,
            1);
    Features fitted = Features.fit(model.features(COLUMNS), TABLE);
    return new Built(fitted, NetworkBuilder.build(model, fitted, LATE, 3, Cure.FIX_SPEC));
  }

  private record Built(Features features, ComputationGraph network) {
    float[] encode(Table table, int row) {
      return features.encode(features.row(table, row));
    }

    INDArray at(String vertex, Table table, int row) {
      float[] inputs = encode(table, row);
      Map<String, INDArray> all =
          network.feedForward(Nd4j.createFromArray(inputs).reshape(1, inputs.length), false);
      return all.get(vertex);
    }

    float[] activation(String vertex, Table table) {
      return at(vertex, table, 0).dup('c').data().asFloat();
    }
  }
}
