package dev.firstday.trainer.train.start;

import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.LayerStack;
import dev.firstday.sdk.model.LayerStack.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network of DL4J that grows layer by layer, with its first weights. */
final class KerasStack {
  private static final long MAX_WEIGHTS = 256L * 1024 * 1024;
  private static final int MAX_UNITS = 65536;

  private final List<Item> items = new ArrayList<>();
  private final Map<String, Values> values = new HashMap<>();
  private KerasShape at;
  private Dense last;
  private double dropped;
  private long weights;

  /** An array in the order of its last dimension. */
  private record Values(float[] numbers, long[] shape) {}

  /**
   * A dense layer that may be the last one.
   *
   * @param kernel inputs times units; for each input all units
   * @param bias empty: it has none
   * @param dropped share of its inputs
   */
  record Dense(
      String name,
      int inputs,
      int units,
      String activation,
      float[] kernel,
      float[] bias,
      double dropped) {}

  /** What a row is now; null before the first layer. */
  KerasShape at() {
    return at;
  }

  /** What a row is from here on. */
  void become(KerasShape shape) {
    at = shape;
  }

  /** What the network reads. */
  void begin(KerasShape inputs) {
    at = inputs;
    if (!inputs.isFlat()) {
      addApart(inputs);
    }
  }

  /**
   * Counts weights before they are read.
   *
   * @param name the layer's, for messages
   */
  void require(String name, int units, long more) {
    weights += more;
    if (units < 1 || units > MAX_UNITS || more < 0 || weights > MAX_WEIGHTS) {
      throw StartingPoint.failure(
          "NetworkDamaged",
          "layer %s has %d units, and the network %,d weights up to it; the most is %,d units and %,d weights"
              .formatted(name, units, weights, MAX_UNITS, MAX_WEIGHTS),
          null);
    }
  }

  void addDense(Dense dense) {
    settle();
    last = dense;
    dropped = 0;
    at = KerasShape.flat(dense.units());
  }

  /** The dense layer that nothing came after, which an activation may be given to. */
  Dense last() {
    return last;
  }

  /** The share of what the layers give so far that training sets to zero. */
  double dropped() {
    return dropped;
  }

  void drop(double rate) {
    settle();
    dropped = rate;
  }

  /** Gives the last dense layer, which had none, an activation. */
  void activate(String activation) {
    last =
        new Dense(
            last.name(),
            last.inputs(),
            last.units(),
            activation,
            last.kernel(),
            last.bias(),
            last.dropped());
  }

  /**
   * Adds a layer, which also drops of its inputs what is to be dropped.
   *
   * @return its name, for its weights
   */
  String addLayer(Layer layer, KerasShape gives) {
    settle();
    if (dropped > 0) {
      if (layer instanceof BaseLayer base && !(layer instanceof BatchNormalization)) {
        base.setIDropout(new org.deeplearning4j.nn.conf.dropout.Dropout(1 - dropped));
      } else {
        put(new DropoutLayer.Builder(1 - dropped).nIn(at.units()).nOut(at.units()).build());
      }
      dropped = 0;
    }
    at = gives;
    return put(layer);
  }

  /**
   * Adds two layers that read the same, and joins what they give. DL4J has a layer for that, which
   * does not learn in a graph.
   *
   * @param forward reads the sequence as it is
   * @param backward reads it from the last step on
   * @param name gets their names
   */
  void addBothWays(
      Layer forward,
      Layer backward,
      GraphVertex join,
      KerasShape gives,
      BiConsumer<String, String> name) {
    settle();
    if (dropped > 0) {
      addLayer(new ActivationLayer.Builder().activation(new ActivationIdentity()).build(), at);
    }
    String from = tip();
    String read = put(forward);
    String one = gives.isFlat() ? lastStep() : read;
    String reversed = next();
    items.add(new Item.OfVertex(reversed, new ReverseTimeSeriesVertex(), List.of(from)));
    String other = put(backward);
    if (gives.isFlat()) {
      lastStep();
    } else {
      items.add(new Item.OfVertex(next(), new ReverseTimeSeriesVertex(), List.of(other)));
    }
    items.add(new Item.OfVertex(next(), join, List.of(one, tip())));
    at = gives;
    name.accept(read, other);
  }

  /** Of a sequence the last step. */
  void addLastStep(KerasShape gives) {
    settle();
    lastStep();
    at = gives;
  }

  private String lastStep() {
    String name = next();
    items.add(new Item.OfVertex(name, new LastTimeStepVertex(LayerStack.INPUTS), List.of(tip())));
    return name;
  }

  void addVertex(GraphVertex vertex, KerasShape gives) {
    settle();
    items.add(new Item.OfVertex(next(), vertex, List.of(tip())));
    at = gives;
  }

  /** Of a flat row a sequence. */
  void addApart(KerasShape sequence) {
    addVertex(
        new ReshapeVertex('c', new int[] {-1, sequence.channels(), sequence.steps()}, null),
        sequence);
  }

  /** Of a sequence a flat row. */
  void addTogether() {
    addVertex(new ReshapeVertex('c', new int[] {-1, at.width()}, null), at.flattened());
  }

  private String put(Layer layer) {
    String name = next();
    items.add(new Item.OfLayer(name, layer, tip()));
    return name;
  }

  private String tip() {
    return items.isEmpty() ? LayerStack.INPUTS : items.get(items.size() - 1).name();
  }

  /**
   * An array of a layer.
   *
   * @param key as DL4J calls it
   */
  void fill(String layer, String key, float[] numbers, long... shape) {
    values.put(layer + "_" + key, new Values(numbers, shape));
  }

  private String next() {
    return "layer" + items.size();
  }

  /** The last dense layer is none of the hidden ones until another comes. */
  private void settle() {
    if (last == null) {
      return;
    }
    Dense dense = last;
    last = null;
    DenseLayer layer =
        new DenseLayer.Builder()
            .nIn(dense.inputs())
            .nOut(dense.units())
            .hasBias(dense.bias().length > 0)
            .activation(KerasActivations.of(dense.activation()))
            .build();
    if (dense.dropped() > 0) {
      layer.setIDropout(new org.deeplearning4j.nn.conf.dropout.Dropout(1 - dense.dropped()));
    }
    fill(put(layer), dense);
  }

  private void fill(String name, Dense dense) {
    fill(name, "W", dense.kernel(), dense.inputs(), dense.units());
    if (dense.bias().length > 0) {
      fill(name, "b", dense.bias(), 1, dense.units());
    }
  }

  /**
   * The network, whose last layer is the last dense one.
   *
   * @param inputs of a row
   */
  KerasNetwork network(int inputs) {
    Dense output = last;
    LayerStack stack =
        new LayerStack(nothing(), List.copyOf(items), output.inputs(), output.dropped());
    fill(LayerStack.OUTPUT, output);
    ComputationGraph filled = new ComputationGraph(stack.graph(null, output.units(), 1));
    filled.init();
    values.forEach(
        (name, array) -> {
          INDArray target = filled.getParam(name);
          try (INDArray source =
              Nd4j.create(array.numbers(), array.shape(), 'c').castTo(DataType.FLOAT)) {
            target.assign(source.reshape('c', target.shape()));
          }
        });
    return new KerasNetwork(
        inputs,
        stack.hidden(),
        new KerasNetwork.Output(
            output.units(), output.activation(), output.inputs(), output.dropped()),
        filled.params().data().asFloat());
  }

  /** The weights lie in the same order whatever they are taught by. */
  private static DeclarativeModel nothing() {
    return new DeclarativeModel(
        List.of(),
        new Network(null, null, null, null, null, null, null),
        Loss.MEAN_SQUARED_ERROR,
        1);
  }
}
