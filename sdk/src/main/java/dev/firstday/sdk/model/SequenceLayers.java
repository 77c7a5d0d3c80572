package dev.firstday.sdk.model;

import dev.firstday.api.Layer;
import dev.firstday.sdk.model.DeclaredGraph.Part;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;

/**
 * The layers that read a sequence, which is the first inputs of a row: channel after channel, step
 * after step. DL4J has it as [rows, channels, steps].
 */
final class SequenceLayers {
  private static final int KERNEL = 3;

  private final GraphBuilder graph;
  private final int steps;

  private SequenceLayers(GraphBuilder graph, int steps) {
    this.graph = graph;
    this.steps = steps;
  }

  /** Adds them all. What they give is flat: an lstm's last step, or all steps of a conv1d. */
  static Part add(GraphBuilder graph, DeclarativeModel model) {
    int channels = model.network().sequence().size();
    int steps = model.network().sequence().get(0).columns().size();
    List<Layer> layers =
        model.layers().stream().filter(l -> l.effectiveType() != Layer.Type.DENSE).toList();
    return new SequenceLayers(graph, steps).add(channels, layers);
  }

  private Part add(int channels, List<Layer> layers) {
    graph.addVertex(
        "values of sequence", new SubsetVertex(0, channels * steps - 1), DeclaredGraph.INPUTS);
    graph.addVertex(
        "sequence",
        new ReshapeVertex('c', new int[] {-1, channels, steps}, null),
        "values of sequence");
    Part at = new Part("sequence", channels);
    double dropped = 0;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      boolean last = i == layers.size() - 1;
      String name = "sequence" + i;
      graph.addLayer(name, layer(layer, at.width(), dropped, last), at.vertex());
      at = new Part(name, layer.units());
      dropped = layer.dropout() == null ? 0 : layer.dropout();
      if (last && layer.effectiveType() == Layer.Type.CONV1D) {
        at = flat(at);
      }
    }
    return dropped == 0 ? at : dropped(at, dropped);
  }

  private org.deeplearning4j.nn.conf.layers.Layer layer(
      Layer layer, int inputs, double dropped, boolean last) {
    if (layer.effectiveType() == Layer.Type.CONV1D) {
      Layer.Activation activation =
          layer.activation() == null ? Layer.Activation.RELU : layer.activation();
      return new Convolution1DLayer.Builder(layer.kernel() == null ? KERNEL : layer.kernel())
          .convolutionMode(ConvolutionMode.Same)
          .nIn(inputs)
          .nOut(layer.units())
          .activation(Dl4jTerms.activation(activation))
          .weightInit(Dl4jTerms.weightInit(activation))
          .dropOut(Dl4jTerms.kept(dropped))
          .build();
    }
    Layer.Activation activation =
        layer.activation() == null ? Layer.Activation.TANH : layer.activation();
    LSTM lstm =
        new LSTM.Builder()
            .nIn(inputs)
            .nOut(layer.units())
            .activation(Dl4jTerms.activation(activation))
            .weightInit(Dl4jTerms.weightInit(activation))
            .dropOut(Dl4jTerms.kept(dropped))
            .build();
    return last ? new LastTimeStep(lstm) : lstm;
  }

  private Part flat(Part at) {
    int width = at.width() * steps;
    graph.addVertex("all steps", new ReshapeVertex('c', new int[] {-1, width}, null), at.vertex());
    return new Part("all steps", width);
  }

  /** Of the sequence alone, and not of what it is joined with. */
  private Part dropped(Part at, double dropped) {
    graph.addLayer(
        "rest of sequence",
        new DropoutLayer.Builder(Dl4jTerms.kept(dropped)).nIn(at.width()).nOut(at.width()).build(),
        at.vertex());
    return new Part("rest of sequence", at.width());
  }
}
