package dev.firstday.sdk.model;

import dev.firstday.api.Layer;
import dev.firstday.api.Network;
import dev.firstday.sdk.feature.Encoder;
import dev.firstday.sdk.feature.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * A declared network as DL4J's configuration. The inputs of a row divide into the sequence, which
 * its own layers read, the columns with an embedding, and the rest; side by side they go into the
 * dense layers. Without sequence and embeddings it is a plain chain of layers.
 */
final class DeclaredGraph {
  static final String INPUTS = "inputs";
  private static final String OUTPUT = "output";

  /** Keras begins embeddings so: Xavier's rule would count inputs of which all but one are 0. */
  private static final double EMBEDDING_RANGE = 0.05;

  private final DeclarativeModel model;
  private final Features features;
  private final GraphBuilder graph;

  private DeclaredGraph(DeclarativeModel model, Features features, long seed) {
    this.model = model;
    this.features = features;
    this.graph = common(model, seed).graphBuilder().addInputs(INPUTS);
  }

  /** What stands at a place of the graph: the vertex, and how many numbers it gives a row. */
  record Part(String vertex, int width) {}

  static ComputationGraphConfiguration of(
      DeclarativeModel model, Features features, int outputs, long seed) {
    return new DeclaredGraph(model, features, seed).build(outputs);
  }

  private ComputationGraphConfiguration build(int outputs) {
    Part at = joined(parts());
    double dropped = 0;
    List<Layer> dense =
        model.layers().stream().filter(l -> l.effectiveType() == Layer.Type.DENSE).toList();
    for (int i = 0; i < dense.size(); i++) {
      Layer layer = dense.get(i);
      Layer.Activation activation =
          layer.activation() == null ? Layer.Activation.RELU : layer.activation();
      String name = "dense" + i;
      graph.addLayer(
          name,
          new DenseLayer.Builder()
              .nIn(at.width())
              .nOut(layer.units())
              .activation(Dl4jTerms.activation(activation))
              .weightInit(Dl4jTerms.weightInit(activation))
              .dropOut(Dl4jTerms.kept(dropped))
              .build(),
          at.vertex());
      at = new Part(name, layer.units());
      dropped = layer.dropout() == null ? 0 : layer.dropout();
    }
    graph.addLayer(
        OUTPUT,
        new OutputLayer.Builder(Dl4jTerms.lossFunction(model.loss()))
            .nIn(at.width())
            .nOut(outputs)
            .activation(Dl4jTerms.outputActivation(model.loss()))
            .weightInit(WeightInit.XAVIER)
            .dropOut(Dl4jTerms.kept(dropped))
            .build(),
        at.vertex());
    return graph.setOutputs(OUTPUT).build();
  }

  /** Optimiser and penalties, for all layers. */
  static NeuralNetConfiguration.Builder common(DeclarativeModel model, long seed) {
    Network network = model.network();
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(Dl4jTerms.updater(network.updater(), model.epochs()));
    if (network.l1() != null) {
      builder.l1(network.l1());
    }
    if (network.l2() != null) {
      // DL4J adds half of l2 times the squares
      builder.l2(2 * network.l2());
    }
    return builder;
  }

  /** What the dense layers read, in the order of the inputs. */
  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    int sequence = model.stepColumns().size();
    if (sequence > 0) {
      parts.add(SequenceLayers.add(graph, model));
    }
    Map<String, Integer> embeddings = model.embeddings();
    int offset = sequence;
    int plainFrom = offset;
    for (Encoder encoder : features.encoders().subList(sequence, features.encoders().size())) {
      int end = offset + encoder.width();
      Integer size = embeddings.get(encoder.column());
      if (size != null) {
        addPlain(parts, plainFrom, offset);
        parts.add(embedding(encoder, offset, size));
        plainFrom = end;
      }
      offset = end;
    }
    addPlain(parts, plainFrom, offset);
    return parts;
  }

  private void addPlain(List<Part> parts, int from, int to) {
    if (from == 0 && to == features.width()) {
      parts.add(new Part(INPUTS, to));
    } else if (from < to) {
      String name = "inputs%d".formatted(from);
      graph.addVertex(name, new SubsetVertex(from, to - 1), INPUTS);
      parts.add(new Part(name, to - from));
    }
  }

  /**
   * A layer without bias over the inputs of a categorical column, of which one is 1: so it gives
   * that value's line of its weights, and zeros for a value that has no input.
   */
  private Part embedding(Encoder encoder, int offset, int size) {
    String subset = "values of " + encoder.column();
    String name = "embedding of " + encoder.column();
    graph.addVertex(subset, new SubsetVertex(offset, offset + encoder.width() - 1), INPUTS);
    graph.addLayer(
        name,
        new DenseLayer.Builder()
            .nIn(encoder.width())
            .nOut(size)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .weightInit(new UniformDistribution(-EMBEDDING_RANGE, EMBEDDING_RANGE))
            .build(),
        subset);
    return new Part(name, size);
  }

  private Part joined(List<Part> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    String name = "joined";
    graph.addVertex(
        name, new MergeVertex(), parts.stream().map(Part::vertex).toArray(String[]::new));
    return new Part(name, parts.stream().mapToInt(Part::width).sum());
  }
}
