package dev.firstday.server.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The forward pass of a network of dense layers, in Java alone. Small networks take some
 * microseconds so, where DL4J takes some hundred for the calls of its native operations; and those
 * calls leave native memory behind that only JavaCPP's collector frees, which costs latency.
 */
final class DenseForward {
  private final List<Dense> layers;

  private DenseForward(List<Dense> layers) {
    this.layers = layers;
  }

  /**
   * A layer: {@code activation(input * weights + bias)}.
   *
   * @param weights one line of {@code bias.length} numbers for each input
   */
  private record Dense(float[] weights, float[] bias, Activations.Function activation) {
    int outputs() {
      return bias.length;
    }

    /** Zeros are skipped: encoded categories are zeros but for one. */
    float[] forward(float[] input, int rows) {
      int width = weights.length / outputs();
      float[] output = new float[rows * outputs()];
      for (int row = 0; row < rows; row++) {
        int to = row * outputs();
        System.arraycopy(bias, 0, output, to, outputs());
        for (int i = 0; i < width; i++) {
          float value = input[row * width + i];
          if (value != 0) {
            int line = i * outputs();
            for (int j = 0; j < bias.length; j++) {
              output[to + j] += value * weights[line + j];
            }
          }
        }
        activation.apply(output, to, to + outputs());
      }
      return output;
    }
  }

  /** Empty when the network has anything but dense layers with activations known here. */
  static Optional<DenseForward> of(MultiLayerNetwork network) {
    List<Dense> layers = new ArrayList<>();
    for (int i = 0; i < network.getnLayers(); i++) {
      Layer layer = network.getLayer(i);
      if (!dense(layer) || network.getLayerWiseConfigurations().getInputPreProcess(i) != null) {
        return Optional.empty();
      }
      FeedForwardLayer conf = (FeedForwardLayer) layer.conf().getLayer();
      Optional<Activations.Function> activation = Activations.of(conf.getActivationFn());
      if (activation.isEmpty()) {
        return Optional.empty();
      }
      // columns of the weights are inputs' weights of one output; lines are wanted here
      float[] weights = layer.getParam("W").dup('c').data().asFloat();
      float[] bias = layer.getParam("b").dup('c').data().asFloat();
      layers.add(new Dense(weights, bias, activation.get()));
    }
    return Optional.of(new DenseForward(layers));
  }

  /** Subclasses do more than their parents, so that only the very classes count. */
  private static boolean dense(Layer layer) {
    var conf = layer.conf().getLayer();
    if (conf.getClass() == DenseLayer.class) {
      return ((DenseLayer) conf).hasBias() && !((DenseLayer) conf).hasLayerNorm();
    }
    return conf.getClass() == OutputLayer.class && ((BaseOutputLayer) conf).hasBias();
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
