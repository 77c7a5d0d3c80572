package dev.firstday.server.predict;

import dev.firstday.sdk.model.Activations;
import dev.firstday.sdk.model.Graphs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The forward pass of a network of dense layers, in Java alone. Small networks take some
 * microseconds so, where DL4J takes some hundred for the calls of its native operations; and those
 * calls leave native memory behind that only JavaCPP's collector frees, which costs latency.
 */
final class DenseForward {
  private final List<Dense> layers;
  private final long multiplicationsARow;

  private DenseForward(List<Dense> layers) {
    this.layers = layers;
    this.multiplicationsARow =
        layers.stream().mapToLong(l -> (long) l.weights().length * l.outputs()).sum();
  }

  /**
   * A layer: {@code activation(input * weights + bias)}.
   *
   * @param weights for each input, a number for each output
   */
  private record Dense(float[][] weights, float[] bias, Activations.Function activation) {
    int outputs() {
      return bias.length;
    }

    /** Zeros are skipped: encoded categories are zeros but for one. */
    float[] forward(float[] input, int rows) {
      float[] output = new float[rows * outputs()];
      float[] sums = new float[outputs()];
      int[] places = new int[weights.length];
      for (int row = 0; row < rows; row++) {
        int start = row * weights.length;
        int count = 0;
        for (int i = 0; i < weights.length; i++) {
          places[count] = i;
          count += isSet(input[start + i]);
        }
        System.arraycopy(bias, 0, sums, 0, sums.length);
        int next = 0;
        for (; next + 4 <= count; next += 4) {
          addFour(input, start, places, next, sums);
        }
        for (; next < count; next++) {
          add(input[start + places[next]], weights[places[next]], sums);
        }
        System.arraycopy(sums, 0, output, row * sums.length, sums.length);
        activation.apply(output, row * sums.length, (row + 1) * sums.length);
      }
      return output;
    }

    /**
     * 0 for a zero, else 1; without a branch, since no processor guesses which sums an activation
     * cuts to zero.
     */
    private static int isSet(float value) {
      int bits = Float.floatToRawIntBits(value) << 1;
      return (bits | -bits) >>> (Integer.SIZE - 1);
    }

    /** Four inputs in one pass over the outputs, which are read and written once for them. */
    private void addFour(float[] input, int start, int[] places, int next, float[] sums) {
      float first = input[start + places[next]];
      float second = input[start + places[next + 1]];
      float third = input[start + places[next + 2]];
      float fourth = input[start + places[next + 3]];
      float[] firstLine = weights[places[next]];
      float[] secondLine = weights[places[next + 1]];
      float[] thirdLine = weights[places[next + 2]];
      float[] fourthLine = weights[places[next + 3]];
      for (int j = 0; j < sums.length; j++) {
        sums[j] +=
            first * firstLine[j]
                + second * secondLine[j]
                + third * thirdLine[j]
                + fourth * fourthLine[j];
      }
    }

    /** Arrays at the same places, or the compiler would not dare to use vectors. */
    private static void add(float factor, float[] line, float[] sums) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] += factor * line[j];
      }
    }
  }

  /**
   * Empty when the network has anything but dense layers with activations known here, perhaps
   * behind embeddings.
   */
  static Optional<DenseForward> of(ComputationGraph network) {
    Optional<List<Layer>> chain = Graphs.chain(network);
    if (chain.isPresent()) {
      return layers(chain.get()).map(DenseForward::new);
    }
    return JoinedInputs.of(network)
        .flatMap(
            joined ->
                Graphs.chain(network, joined.after())
                    .flatMap(DenseForward::layers)
                    .map(layers -> new DenseForward(before(joined, layers))));
  }

  private static Optional<List<Dense>> layers(List<Layer> chain) {
    List<Dense> layers = new ArrayList<>();
    for (Layer layer : chain) {
      if (!dense(layer)) {
        return Optional.empty();
      }
      FeedForwardLayer conf = (FeedForwardLayer) layer.conf().getLayer();
      Optional<Activations.Function> activation = Activations.of(conf.getActivationFn());
      if (activation.isEmpty()) {
        return Optional.empty();
      }
      float[][] weights = layer.getParam("W").toFloatMatrix();
      float[] bias = layer.getParam("b").dup('c').data().asFloat();
      layers.add(new Dense(weights, bias, activation.get()));
    }
    return Optional.of(layers);
  }

  private static List<Dense> before(JoinedInputs joined, List<Dense> layers) {
    List<Dense> all = new ArrayList<>(layers);
    Dense first = layers.get(0);
    all.set(0, new Dense(joined.before(first.weights()), first.bias(), first.activation()));
    return all;
  }

  /** Subclasses do more than their parents, so that only the very classes count. */
  private static boolean dense(Layer layer) {
    var conf = layer.conf().getLayer();
    if (conf.getClass() == DenseLayer.class) {
      return ((DenseLayer) conf).hasBias() && !((DenseLayer) conf).hasLayerNorm();
    }
    return conf.getClass() == OutputLayer.class && ((BaseOutputLayer) conf).hasBias();
  }

  long multiplicationsARow() {
    return multiplicationsARow;
  }

  /**
   * @param inputs row after row
   * @return the last layer's outputs, row after row
   */
  float[] run(float[] inputs, int rows) {
    float[] values = inputs;
    for (Dense layer : layers) {
      values = layer.forward(values, rows);
    }
    return values;
  }
}
