package dev.firstday.trainer.train.start;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.trainer.train.start.KerasStack.Dense;
import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.nd4j.linalg.activations.IActivation;

/** Keras' layers as DL4J's. What is not on the list here is not read. */
final class KerasLayers {
  static final String READ =
      "InputLayer, Dense, Dropout, Activation, ReLU, LeakyReLU, ELU, BatchNormalization, Reshape, Flatten, Conv1D,"
          + " MaxPooling1D, AveragePooling1D, GlobalMaxPooling1D, GlobalAveragePooling1D, LSTM, SimpleRNN,"
          + " Bidirectional and TimeDistributed";
  private static final float[] NONE = new float[0];

  private final Function<JsonNode, KerasWeights> weightsOf;
  private final KerasStack stack = new KerasStack();
  private final KerasSequences sequences = new KerasSequences(stack);
  private final KerasRecurrent recurrent = new KerasRecurrent(stack);
  private int inputs;

  private KerasLayers(Function<JsonNode, KerasWeights> weightsOf) {
    this.weightsOf = weightsOf;
  }

  /**
   * @param layers of a Sequential, each with class_name and config
   * @param weightsOf the arrays of such a layer; asked once for each that has some, in order
   */
  static KerasNetwork read(JsonNode layers, Function<JsonNode, KerasWeights> weightsOf) {
    KerasLayers read = new KerasLayers(weightsOf);
    layers.forEach(read::add);
    return read.network();
  }

  private void add(JsonNode layer) {
    JsonNode config = layer.path("config");
    String type = type(layer);
    if (type.equals("InputLayer")) {
      begin(config);
      return;
    }
    if (stack.at() == null) {
      begin(config);
    }
    String name = config.path("name").asText();
    switch (type) {
      case "Dense" -> addDense(layer, name);
      case "TimeDistributed" -> sequences.addDistributed(layer, name, weightsOf);
      case "Dropout" -> addDropout(name, config.path("rate").asDouble());
      case "Activation" -> addActivation(config.path("activation").asText());
      case "ReLU" -> addRelu(config, name);
      case "LeakyReLU" -> addLayer(KerasActivations.leaky(config));
      case "ELU" -> addLayer(KerasActivations.elu(config));
      case "BatchNormalization" -> addNormalisation(layer, name);
      case "Flatten" -> sequences.flatten();
      case "Reshape" -> sequences.reshape(config, name);
      case "Conv1D" -> sequences.addConvolution(layer, name, weightsOf.apply(layer));
      case "MaxPooling1D", "AveragePooling1D" -> sequences.addPooling(layer, name);
      case "GlobalMaxPooling1D", "GlobalAveragePooling1D" -> sequences.addGlobal(layer, name);
      case "LSTM", "SimpleRNN" -> recurrent.addRecurrent(layer, name, weightsOf.apply(layer));
      case "Bidirectional" -> recurrent.addBidirectional(layer, name, weightsOf.apply(layer));
      case "GRU" ->
          throw unknown(
              name, "a GRU, which DL4J does not have: build the network with LSTM or SimpleRNN");
      case "Embedding" ->
          throw unknown(
              name,
              "an Embedding, which reads whole numbers, and features make none: declare encoding: embedding for that column, and its layers in spec.network.layers");
      default ->
          throw unknown(
              name,
              "%s, and only %s are read: build the network without it, or write a class of your own (spec.code)"
                  .formatted(layer.path("class_name").asText(), READ));
    }
  }

  /** The class; another's may have any name, and the same one. */
  static String type(JsonNode layer) {
    boolean ofKeras =
        layer.path("registered_name").isMissingNode() || layer.path("registered_name").isNull();
    return ofKeras ? layer.path("class_name").asText() : "another's";
  }

  static dev.firstday.sdk.RunFailure unknown(String layer, String what) {
    return StartingPoint.failure("LayerUnknown", "layer %s is %s".formatted(layer, what), null);
  }

  private void begin(JsonNode config) {
    KerasShape shape = KerasShape.ofInputs(config);
    inputs = shape.width();
    stack.begin(shape);
  }

  private void addDense(JsonNode layer, String name) {
    if (!stack.at().isFlat()) {
      sequences.addDistributedDense(layer, name, weightsOf.apply(layer));
      return;
    }
    JsonNode config = layer.path("config");
    int from = stack.at().width();
    int units = config.path("units").asInt();
    stack.require(name, units, (from + 1L) * units);
    KerasWeights weights = weightsOf.apply(layer);
    stack.addDense(
        new Dense(
            name,
            from,
            units,
            config.path("activation").asText(),
            stack.at().inOrder(weights.of("kernel", 0).apply(new int[] {from, units}), units),
            config.path("use_bias").asBoolean(true)
                ? weights.of("bias", 1).apply(new int[] {units})
                : NONE,
            stack.dropped()));
  }

  private void addDropout(String name, double rate) {
    if (rate < 0 || rate >= 1 || stack.dropped() > 0) {
      throw unknown(
          name, "a Dropout of %s%s".formatted(rate, stack.dropped() > 0 ? " after another" : ""));
    }
    stack.drop(rate);
  }

  private void addActivation(String activation) {
    if (stack.last() != null && stack.last().activation().equals(KerasActivations.LINEAR)) {
      stack.activate(activation);
    } else {
      addLayer(KerasActivations.of(activation));
    }
  }

  private void addRelu(JsonNode config, String name) {
    if (!config.path("max_value").isMissingNode() && !config.path("max_value").isNull()
        || config.path("negative_slope").asDouble() != 0
        || config.path("threshold").asDouble() != 0) {
      throw unknown(name, "a ReLU with a max_value, a negative_slope or a threshold");
    }
    addActivation("relu");
  }

  private void addLayer(IActivation activation) {
    stack.addLayer(new ActivationLayer.Builder().activation(activation).build(), stack.at());
  }

  private void addNormalisation(JsonNode layer, String name) {
    JsonNode config = layer.path("config");
    JsonNode axis = config.path("axis");
    int last = stack.at().isFlat() ? 1 : 2;
    int given = axis.isArray() ? axis.path(0).asInt() : axis.asInt(-1);
    if (given != -1 && given != last || axis.size() > 1) {
      throw unknown(
          name, "a BatchNormalization of the axis %s, and only the last is read".formatted(axis));
    }
    if (!config.path("scale").asBoolean(true) || !config.path("center").asBoolean(true)) {
      throw unknown(name, "a BatchNormalization without scale or center: build it with both");
    }
    int width = stack.at().units();
    stack.require(name, width, 4L * width);
    KerasWeights weights = weightsOf.apply(layer);
    KerasShape before = stack.at();
    if (!before.isFlat()) {
      // DL4J mistakes the dimensions of a sequence here, and not those of an image of one column
      stack.addVertex(
          new ReshapeVertex('c', new int[] {-1, width, before.steps(), 1}, null), before);
    }
    String made =
        stack.addLayer(
            new BatchNormalization.Builder()
                .decay(config.path("momentum").asDouble())
                .nIn(width)
                .nOut(width)
                .eps(config.path("epsilon").asDouble())
                .useLogStd(false)
                .build(),
            stack.at());
    if (!before.isFlat()) {
      stack.addVertex(new ReshapeVertex('c', new int[] {-1, width, before.steps()}, null), before);
    }
    List<String> theirs = List.of("gamma", "beta", "moving_mean", "moving_variance");
    List<String> ours = List.of("gamma", "beta", "mean", "var");
    for (int i = 0; i < theirs.size(); i++) {
      stack.fill(
          made,
          ours.get(i),
          before.inOrder(weights.of(theirs.get(i), i).apply(new int[] {width}), 1),
          1,
          width);
    }
  }

  private KerasNetwork network() {
    Dense last = stack.last();
    if (last == null || last.bias().length == 0) {
      throw StartingPoint.failure(
          "LayerUnknown",
          "the network does not end with a Dense layer that has a bias, or an Activation of it: give it such an end",
          null);
    }
    return stack.network(inputs);
  }
}
