package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.data.Tables;
import dev.firstday.sdk.evaluation.Importance;
import dev.firstday.sdk.feature.EncodedRows;
import dev.firstday.sdk.feature.Feature;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network that answers 3 x + 2 y, where that is the label and x and y are independent of mean 0
 * and deviation 1. With x shuffled its error is 3 (x - x'), whose mean square is 9 * 2.
 */
class ShufflesTest {
  private static final int ROWS = 30_000;
  private static final Task TASK = new Task.Regression("z", 0, 1);

  private final Random random = new Random(3);
  private final double[] x = gaussians();
  private final double[] y = gaussians();
  private final Table table =
      Tables.table()
          .with("nothing", Type.DOUBLE, boxed(gaussians()))
          .with("y", Type.DOUBLE, boxed(y))
          .with("x", Type.DOUBLE, boxed(x))
          .build();

  @Test
  void columnIsAsImportantAsTheErrorThatItsShufflingMakes() {
    Importance importance = importance(List.of("nothing", "y", "x"));

    assertThat(importance.rows()).isEqualTo(20_000);
    assertThat(importance.columns())
        .extracting(Importance.Column::name)
        .containsExactly("x", "y", "nothing");
    assertThat(importance.columns().get(0).worse()).isCloseTo(3 * Math.sqrt(2), within(0.05));
    assertThat(importance.columns().get(1).worse()).isCloseTo(2 * Math.sqrt(2), within(0.05));
    assertThat(importance.columns().get(2).worse()).isZero();
    assertThat(importance.columns().get(0).deviation()).isBetween(1e-6, 0.05);
    assertThat(importance(List.of("nothing", "y", "x"))).isEqualTo(importance);
  }

  private Importance importance(List<String> columns) {
    Features features = Features.fit(columns.stream().map(Feature::numeric).toList(), table);
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(3)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "in")
                .setOutputs("out")
                .build());
    network.init();
    network.setParams(Nd4j.createFromArray(new float[][] {{0, 2, 3, 0}}));
    double[] labels = IntStream.range(0, ROWS).mapToDouble(i -> 3 * x[i] + 2 * y[i]).toArray();
    return new Shuffles(
            TASK,
            MetricName.RMSE,
            new Forward(new Predictor(network, TASK, 3), EncodedRows.of(features, table)),
            labels,
            columns.size(),
            5)
        .of(columns);
  }

  /** Of mean 0 and deviation 1 to the last digit, so that scaling leaves them as they are. */
  private double[] gaussians() {
    double[] values = random.doubles(ROWS).map(v -> random.nextGaussian()).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) / Math.sqrt(square)).toArray();
  }

  private static Object[] boxed(double[] values) {
    return Arrays.stream(values).boxed().toArray();
  }
}
