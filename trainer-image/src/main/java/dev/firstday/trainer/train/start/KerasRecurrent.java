package dev.firstday.trainer.train.start;

import static dev.firstday.trainer.train.start.KerasLayers.unknown;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.trainer.train.start.KerasWeights.Part;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;

/** Keras' layers that read a sequence step by step. */
final class KerasRecurrent {
  private static final int GATES = 4;

  /** Keras has the gates i, f, c, o one beside the other, DL4J c, f, o, i. */
  private static final int[] GATE_OF_KERAS = {2, 1, 3, 0};

  private final KerasStack stack;

  KerasRecurrent(KerasStack stack) {
    this.stack = stack;
  }

  void addRecurrent(JsonNode layer, String name, KerasWeights weights) {
    Recurrent recurrent = recurrent(layer, name, 1);
    String made = stack.addLayer(recurrent.layer(), recurrent.reads(stack.at()));
    if (recurrent.steps() == 0) {
      stack.addLastStep(recurrent.gives(1));
    }
    fill(made, recurrent, weights, Part.CELL);
  }

  void addBidirectional(JsonNode layer, String name, KerasWeights weights) {
    JsonNode config = layer.path("config");
    JsonNode inner = config.path("layer");
    JsonNode back = config.path("backward_layer");
    if (!KerasLayers.type(inner).equals("LSTM") && !KerasLayers.type(inner).equals("SimpleRNN")) {
      throw unknown(
          name,
          "a Bidirectional %s, and only LSTM and SimpleRNN are read"
              .formatted(inner.path("class_name").asText()));
    }
    if (!back.isMissingNode() && !sameForm(inner.path("config"), back.path("config"))) {
      throw unknown(name, "a Bidirectional whose directions differ");
    }
    String merge = config.path("merge_mode").asText();
    GraphVertex join =
        switch (merge) {
          case "concat" -> new MergeVertex();
          case "sum" -> new ElementWiseVertex(ElementWiseVertex.Op.Add);
          case "mul" -> new ElementWiseVertex(ElementWiseVertex.Op.Product);
          case "ave" -> new ElementWiseVertex(ElementWiseVertex.Op.Average);
          default -> throw unknown(name, "a Bidirectional with merge_mode " + merge);
        };
    Recurrent recurrent = recurrent(inner, name, 2);
    stack.addBothWays(
        recurrent.layer(),
        recurrent.layer().clone(),
        join,
        recurrent.gives(merge.equals("concat") ? 2 : 1),
        (forward, backward) -> {
          fill(forward, recurrent, weights, Part.FORWARD);
          fill(backward, recurrent, weights, Part.BACKWARD);
        });
  }

  private static boolean sameForm(JsonNode one, JsonNode other) {
    for (String field :
        new String[] {"units", "activation", "recurrent_activation", "return_sequences"}) {
      if (!one.path(field).equals(other.path(field))) {
        return false;
      }
    }
    return true;
  }

  /** An LSTM or SimpleRNN, which gives all steps or the last one. */
  private record Recurrent(Layer layer, int steps, int from, int units, int gates) {
    KerasShape reads(KerasShape sequence) {
      return KerasShape.sequence(sequence.steps(), units);
    }

    KerasShape gives(int times) {
      return steps == 0
          ? KerasShape.flat(units * times)
          : KerasShape.sequence(steps, units * times);
    }
  }

  private Recurrent recurrent(JsonNode layer, String name, int directions) {
    JsonNode config = layer.path("config");
    KerasShape at = KerasSequences.sequence(stack, name, config);
    boolean lstm = layer.path("class_name").asText().equals("LSTM");
    for (String not : new String[] {"go_backwards", "stateful", "return_state"}) {
      if (config.path(not).asBoolean()) {
        throw unknown(name, "built with " + not);
      }
    }
    if (!config.path("use_bias").asBoolean(true)
        || config.path("recurrent_dropout").asDouble() > 0
        || config.path("dropout").asDouble() > 0) {
      throw unknown(name, "built without bias, or drops within: put a Dropout before it instead");
    }
    int units = config.path("units").asInt();
    int gates = lstm ? GATES : 1;
    stack.require(name, units, directions * (at.channels() + units + 1L) * units * gates);
    BaseRecurrentLayer.Builder<?> builder =
        lstm
            ? new LSTM.Builder()
                .gateActivationFunction(
                    KerasActivations.of(config.path("recurrent_activation").asText()))
            : new SimpleRnn.Builder();
    BaseRecurrentLayer made =
        builder
            .nIn(at.channels())
            .nOut(units)
            .activation(KerasActivations.of(config.path("activation").asText()))
            .build();
    boolean all = config.path("return_sequences").asBoolean();
    return new Recurrent(made, all ? at.steps() : 0, at.channels(), units, gates);
  }

  private void fill(String layer, Recurrent of, KerasWeights weights, Part part) {
    int width = of.units() * of.gates();
    float[] kernel = weights.of(part, "kernel", 0).apply(new int[] {of.from(), width});
    float[] recurrent =
        weights.of(part, "recurrent_kernel", 1).apply(new int[] {of.units(), width});
    float[] bias = weights.of(part, "bias", 2).apply(new int[] {width});
    stack.fill(layer, "W", gates(kernel, of), of.from(), width);
    stack.fill(layer, "RW", gates(recurrent, of), of.units(), width);
    stack.fill(layer, "b", gates(bias, of), 1, width);
  }

  private static float[] gates(float[] theirs, Recurrent of) {
    if (of.gates() == 1) {
      return theirs;
    }
    float[] ours = new float[theirs.length];
    int units = of.units();
    for (int line = 0; line < theirs.length; line += GATES * units) {
      for (int gate = 0; gate < GATES; gate++) {
        System.arraycopy(
            theirs, line + GATE_OF_KERAS[gate] * units, ours, line + gate * units, units);
      }
    }
    return ours;
  }
}
