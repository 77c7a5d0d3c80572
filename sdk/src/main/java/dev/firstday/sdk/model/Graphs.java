package dev.firstday.sdk.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;

/**
 * Networks as DL4J's graphs. All networks are graphs here; one whose layers stand one behind the
 * other is a graph without branches.
 */
public final class Graphs {
  private static final String INPUTS = "inputs";

  private Graphs() {}

  /** The same network as a graph; its first weights are the same too. */
  public static ComputationGraphConfiguration of(MultiLayerConfiguration layers) {
    NeuralNetConfiguration common = layers.getConf(0);
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(common.getSeed())
            .dataType(layers.getDataType())
            .miniBatch(common.isMiniBatch())
            .minimize(common.isMinimize())
            .optimizationAlgo(common.getOptimizationAlgo())
            .graphBuilder()
            .addInputs(INPUTS)
            .backpropType(layers.getBackpropType())
            .tBPTTForwardLength(layers.getTbpttFwdLength())
            .tBPTTBackwardLength(layers.getTbpttBackLength())
            // the layers were checked when they were put together
            .validateOutputLayerConfig(false);
    String before = INPUTS;
    for (int i = 0; i < layers.getConfs().size(); i++) {
      String name = "layer" + i;
      graph.addLayer(name, layers.getConf(i).getLayer(), layers.getInputPreProcess(i), before);
      before = name;
    }
    return graph.setOutputs(before).build();
  }

  /** The layers from the input on, if they stand one behind the other and nothing is in between. */
  public static Optional<List<Layer>> chain(ComputationGraph graph) {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    if (configuration.getNetworkInputs().size() != 1) {
      return Optional.empty();
    }
    List<String> inputs = configuration.getNetworkInputs();
    Optional<List<Layer>> layers = chain(graph, inputs.get(0));
    return layers.filter(all -> all.size() == configuration.getVertices().size());
  }

  /** As the other, for what stands behind a vertex. */
  public static Optional<List<Layer>> chain(ComputationGraph graph, String after) {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    String before = after;
    List<Layer> layers = new ArrayList<>();
    for (int index : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[index];
      if (vertex.isInputVertex()
          || !configuration.getVertexInputs().get(vertex.getVertexName()).contains(before)) {
        continue;
      }
      String name = vertex.getVertexName();
      boolean isNext =
          configuration.getVertices().get(name) instanceof LayerVertex layer
              && layer.getPreProcessor() == null
              && configuration.getVertexInputs().get(name).equals(List.of(before));
      if (!isNext) {
        return Optional.empty();
      }
      layers.add(vertex.getLayer());
      before = name;
    }
    return configuration.getNetworkOutputs().equals(List.of(before))
        ? Optional.of(layers)
        : Optional.empty();
  }

  /** The one output layer's configuration; empty when there are several, or it is none. */
  public static Optional<BaseOutputLayer> output(ComputationGraph graph) {
    List<String> outputs = graph.getConfiguration().getNetworkOutputs();
    return outputs.size() == 1
            && graph.getLayer(outputs.get(0)) != null
            && graph.getLayer(outputs.get(0)).conf().getLayer() instanceof BaseOutputLayer output
        ? Optional.of(output)
        : Optional.empty();
  }
}
