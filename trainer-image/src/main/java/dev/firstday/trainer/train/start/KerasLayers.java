package dev.firstday.trainer.train.start;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.api.Layer;
import dev.firstday.api.Layer.Activation;
import dev.firstday.trainer.train.start.Hdf5Weights.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Keras' layers as declared ones. What is not on the list here is not read. */
final class KerasLayers {
  private static final Map<String, Activation> ACTIVATIONS =
      Map.of(
          "linear", Activation.IDENTITY,
          "relu", Activation.RELU,
          "elu", Activation.ELU,
          "selu", Activation.SELU,
          "tanh", Activation.TANH,
          "sigmoid", Activation.SIGMOID);
  private static final int MAX_UNITS = 65536;
  private static final int MAX_INPUTS = 1 << 20;
  private static final long MAX_WEIGHTS = 256L * 1024 * 1024;

  private final Function<JsonNode, Map<String, Weights>> weightsOf;
  private final List<Dense> dense = new ArrayList<>();
  private int inputs;

  private KerasLayers(Function<JsonNode, Map<String, Weights>> weightsOf) {
    this.weightsOf = weightsOf;
  }

  /** A layer with its weights in DL4J's order, and what its outputs lose in training. */
  private record Dense(int units, String activation, double dropout, float[] weights) {}

  /**
   * @param layers of a Sequential, each with class_name and config
   * @param weightsOf kernel and bias of such a layer; asked once for each dense one, in order
   */
  static KerasNetwork read(JsonNode layers, Function<JsonNode, Map<String, Weights>> weightsOf) {
    KerasLayers read = new KerasLayers(weightsOf);
    layers.forEach(read::add);
    return read.startingPoint();
  }

  private void add(JsonNode layer) {
    JsonNode config = layer.path("config");
    String type = layer.path("class_name").asText();
    String name = config.path("name").asText();
    boolean ofKeras =
        layer.path("registered_name").isMissingNode() || layer.path("registered_name").isNull();
    switch (ofKeras ? type : "another's " + type) {
      case "InputLayer" -> inputs = inputs(config);
      case "Dense" -> addDense(layer, name);
      case "Dropout" -> addDropout(name, config.path("rate").asDouble());
      default ->
          throw StartingPoint.failure(
              "LayerUnknown",
              "layer %s is %s, and only InputLayer, Dense and Dropout are read; build the network without it, or write a class of your own (spec.code)"
                  .formatted(name, type),
              null);
    }
  }

  private static int inputs(JsonNode config) {
    JsonNode shape =
        config.has("batch_shape") ? config.path("batch_shape") : config.path("batch_input_shape");
    if (shape.size() != 2 || shape.get(1).asInt() < 1 || shape.get(1).asInt() > MAX_INPUTS) {
      throw StartingPoint.failure(
          "NetworkUnknown",
          "the network's input has the shape %s; a row is [null, inputs]".formatted(shape),
          null);
    }
    return shape.get(1).asInt();
  }

  private void addDense(JsonNode layer, String name) {
    JsonNode config = layer.path("config");
    int from = dense.isEmpty() ? firstInputs(config) : dense.get(dense.size() - 1).units();
    int units = config.path("units").asInt();
    if (units < 1 || units > MAX_UNITS || (from + 1L) * units > MAX_WEIGHTS) {
      throw StartingPoint.failure(
          "NetworkDamaged",
          "layer %s has %d inputs and %d units; the most is %,d units and %,d weights"
              .formatted(name, from, units, MAX_UNITS, MAX_WEIGHTS),
          null);
    }
    if (!config.path("use_bias").asBoolean(true)) {
      throw StartingPoint.failure(
          "LayerUnknown", "layer %s has no bias; build it with one".formatted(name), null);
    }
    Map<String, Weights> weights = weightsOf.apply(layer);
    float[] kernel = weights.get("kernel").apply(new int[] {from, units});
    float[] bias = weights.get("bias").apply(new int[] {units});
    dense.add(
        new Dense(
            units, config.path("activation").asText(), 0, inOrder(kernel, bias, from, units)));
  }

  private int firstInputs(JsonNode config) {
    if (inputs == 0) {
      inputs = inputs(config);
    }
    return inputs;
  }

  /** Keras has for each input all outputs, DL4J for each output all inputs. */
  private static float[] inOrder(float[] kernel, float[] bias, int from, int units) {
    float[] all = new float[kernel.length + bias.length];
    for (int unit = 0; unit < units; unit++) {
      for (int input = 0; input < from; input++) {
        all[unit * from + input] = kernel[input * units + unit];
      }
    }
    System.arraycopy(bias, 0, all, kernel.length, bias.length);
    return all;
  }

  private void addDropout(String name, double rate) {
    if (dense.isEmpty() || rate < 0 || rate >= 1) {
      throw StartingPoint.failure(
          "LayerUnknown",
          "layer %s drops %s of %s; only outputs of a Dense layer are dropped, and not all of them"
              .formatted(name, rate, dense.isEmpty() ? "the inputs" : "outputs"),
          null);
    }
    Dense last = dense.remove(dense.size() - 1);
    dense.add(new Dense(last.units(), last.activation(), rate, last.weights()));
  }

  private KerasNetwork startingPoint() {
    if (dense.isEmpty()) {
      throw StartingPoint.failure("NetworkDamaged", "the network has no Dense layer", null);
    }
    Dense last = dense.get(dense.size() - 1);
    if (last.dropout() > 0) {
      throw StartingPoint.failure(
          "LayerUnknown", "the network drops its own answers; end it with a Dense layer", null);
    }
    List<Layer> hidden =
        dense.subList(0, dense.size() - 1).stream().map(KerasLayers::hidden).toList();
    FloatBuffer weights =
        FloatBuffer.allocate(dense.stream().mapToInt(layer -> layer.weights().length).sum());
    dense.forEach(layer -> weights.put(layer.weights()));
    return new KerasNetwork(
        inputs, hidden, new KerasNetwork.Output(last.units(), last.activation()), weights.array());
  }

  private static Layer hidden(Dense layer) {
    Activation activation = ACTIVATIONS.get(layer.activation());
    if (activation == null) {
      throw StartingPoint.failure(
          "LayerUnknown",
          "the activation %s is not read; these are: %s"
              .formatted(layer.activation(), ACTIVATIONS.keySet().stream().sorted().toList()),
          null);
    }
    return Layer.dense(layer.units(), activation, layer.dropout() == 0 ? null : layer.dropout());
  }
}
