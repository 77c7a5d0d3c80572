package dev.firstday.trainer.train.start;

import static dev.firstday.trainer.train.start.KerasLayers.unknown;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** Keras' layers that see some steps of a sequence at a time, or change the form of a row. */
final class KerasSequences {
  private final KerasStack stack;

  KerasSequences(KerasStack stack) {
    this.stack = stack;
  }

  void flatten() {
    if (!stack.at().isFlat()) {
      stack.addTogether();
    }
  }

  /** Of a flat row a sequence of one channel, or the other way; others would change the order. */
  void reshape(JsonNode config, String name) {
    JsonNode shape = config.path("target_shape");
    int width = stack.at().width();
    if (shape.size() == 1 && (shape.get(0).asInt() == width || shape.get(0).asInt() == -1)) {
      flatten();
      return;
    }
    int steps = shape.path(0).asInt();
    boolean one =
        shape.size() == 2
            && shape.get(1).asInt() == 1
            && (steps == width || steps == -1)
            && (stack.at().steps() == 1 || stack.at().channels() == 1);
    if (!one) {
      throw unknown(
          name,
          "a Reshape of %d numbers to %s, and only [%d, 1] and [%d] are read: give the network an input of [null, steps, channels]"
              .formatted(width, shape, width, width));
    }
    stack.addApart(KerasShape.sequence(width, 1));
  }

  void addConvolution(JsonNode layer, String name, KerasWeights weights) {
    JsonNode config = layer.path("config");
    KerasShape at = sequence(name, config);
    int units = config.path("filters").asInt();
    int kernel = first(config.path("kernel_size"));
    int stride = first(config.path("strides"));
    int dilation = first(config.path("dilation_rate"));
    int reach = (kernel - 1) * dilation + 1;
    String padding = config.path("padding").asText();
    if (kernel < 1 || stride < 1 || dilation < 1 || config.path("groups").asInt(1) != 1) {
      throw unknown(
          name,
          "a Conv1D of kernel %d, strides %d, dilation %d and groups %s"
              .formatted(kernel, stride, dilation, config.path("groups")));
    }
    ConvolutionMode mode =
        switch (padding) {
          case "valid" -> ConvolutionMode.Truncate;
          case "same" -> ConvolutionMode.Same;
          case "causal" -> ConvolutionMode.Causal;
          default -> throw unknown(name, "a Conv1D with padding " + padding);
        };
    int steps =
        mode == ConvolutionMode.Truncate
            ? Math.floorDiv(at.steps() - reach, stride) + 1
            : (at.steps() + stride - 1) / stride;
    requireSteps(name, steps, at);
    Convolution1DLayer.Builder builder =
        new Convolution1DLayer.Builder(kernel)
            .stride(stride)
            .dilation(dilation)
            .convolutionMode(mode);
    addConvolution(
        builder, config, name, weights, units, kernel, KerasShape.sequence(steps, units));
  }

  /** A dense layer of each step is a convolution that sees one. */
  void addDistributedDense(JsonNode layer, String name, KerasWeights weights) {
    JsonNode config = layer.path("config");
    int units = config.path("units").asInt();
    addConvolution(
        new Convolution1DLayer.Builder(1),
        config,
        name,
        weights,
        units,
        0,
        KerasShape.sequence(sequence(name, config).steps(), units));
  }

  void addDistributed(JsonNode layer, String name, Function<JsonNode, KerasWeights> weightsOf) {
    JsonNode inner = layer.path("config").path("layer");
    sequence(name, layer.path("config"));
    if (!KerasLayers.type(inner).equals("Dense")) {
      throw unknown(
          name,
          "a TimeDistributed %s, and only Dense is read"
              .formatted(inner.path("class_name").asText()));
    }
    addDistributedDense(inner, name, weightsOf.apply(layer));
  }

  /**
   * @param kernel 0: the kernel has no dimension for it
   */
  private void addConvolution(
      Convolution1DLayer.Builder builder,
      JsonNode config,
      String name,
      KerasWeights weights,
      int units,
      int kernel,
      KerasShape gives) {
    int from = stack.at().channels();
    int seen = Math.max(1, kernel);
    stack.require(name, units, ((long) from * seen + 1) * units);
    boolean bias = config.path("use_bias").asBoolean(true);
    Layer made =
        builder
            .nIn(from)
            .nOut(units)
            .hasBias(bias)
            .activation(KerasActivations.of(config.path("activation").asText()))
            .build();
    // DL4J says that its array is [units, inputs, kernel], and reads it as Keras' own
    float[] numbers =
        weights
            .of("kernel", 0)
            .apply(kernel == 0 ? new int[] {from, units} : new int[] {kernel, from, units});
    String layer = stack.addLayer(made, gives);
    stack.fill(layer, "W", numbers, seen, from, units);
    if (bias) {
      stack.fill(layer, "b", weights.of("bias", 1).apply(new int[] {units}), 1, units);
    }
  }

  void addPooling(JsonNode layer, String name) {
    JsonNode config = layer.path("config");
    KerasShape at = sequence(name, config);
    int size = first(config.path("pool_size"));
    int stride = config.path("strides").isNull() ? size : first(config.path("strides"));
    if (!config.path("padding").asText().equals("valid") || size < 1 || stride < 1) {
      throw unknown(
          name,
          "a pooling of %d steps with strides %d and padding %s, and only valid is read"
              .formatted(size, stride, config.path("padding")));
    }
    int steps = Math.floorDiv(at.steps() - size, stride) + 1;
    requireSteps(name, steps, at);
    stack.addLayer(
        new Subsampling1DLayer.Builder(size, stride)
            .poolingType(
                pooling(layer) == PoolingType.MAX
                    ? SubsamplingLayer.PoolingType.MAX
                    : SubsamplingLayer.PoolingType.AVG)
            .convolutionMode(ConvolutionMode.Truncate)
            .build(),
        KerasShape.sequence(steps, at.channels()));
  }

  void addGlobal(JsonNode layer, String name) {
    KerasShape at = sequence(name, layer.path("config"));
    if (layer.path("config").path("keepdims").asBoolean()) {
      throw unknown(name, "a pooling that keeps the steps' dimension");
    }
    stack.addLayer(
        new GlobalPoolingLayer.Builder(pooling(layer)).build(), KerasShape.flat(at.channels()));
  }

  private static PoolingType pooling(JsonNode layer) {
    return layer.path("class_name").asText().contains("Max") ? PoolingType.MAX : PoolingType.AVG;
  }

  private KerasShape sequence(String name, JsonNode config) {
    return sequence(stack, name, config);
  }

  /**
   * What a row is, which must be a sequence.
   *
   * @throws dev.firstday.sdk.RunFailure LayerUnknown
   */
  static KerasShape sequence(KerasStack stack, String name, JsonNode config) {
    if (stack.at().isFlat()) {
      throw unknown(
          name,
          "for a sequence, and it gets a flat row: begin with an input of [null, steps, channels]");
    }
    if (config.path("data_format").asText("channels_last").equals("channels_first")) {
      throw unknown(name, "built with data_format channels_first, and only channels_last is read");
    }
    return stack.at();
  }

  private static void requireSteps(String name, int steps, KerasShape at) {
    if (steps < 1) {
      throw unknown(name, "too wide for the %d steps that it gets".formatted(at.steps()));
    }
  }

  private static int first(JsonNode sizes) {
    return sizes.isArray() ? sizes.path(0).asInt() : sizes.asInt(1);
  }
}
