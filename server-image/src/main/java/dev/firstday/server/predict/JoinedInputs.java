package dev.firstday.server.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/**
 * Inputs that are divided, some of them embedded, and joined again. All of that is linear, and so
 * is what the next dense layer adds up: together they are one matrix, with a line for each input.
 *
 * @param after the vertex at which all are joined
 * @param parts what is joined, in order
 */
record JoinedInputs(String after, List<Part> parts) {

  /**
   * Neighbouring inputs.
   *
   * @param from the first one
   * @param inputs how many
   * @param lines for each of them the numbers that it adds to the joined ones; empty: itself
   */
  private record Part(int from, int inputs, Optional<float[][]> lines) {
    static Part plain(SubsetVertex subset) {
      return new Part(subset.getFrom(), subset.getTo() - subset.getFrom() + 1, Optional.empty());
    }

    static Part embedded(SubsetVertex subset, float[][] lines) {
      return new Part(subset.getFrom(), lines.length, Optional.of(lines));
    }

    /** Joined numbers that come of it. */
    int width() {
      return lines.map(all -> all[0].length).orElse(inputs);
    }
  }

  /** Empty when the graph does not begin so. */
  static Optional<JoinedInputs> of(ComputationGraph graph) {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    List<String> joins =
        configuration.getVertices().entrySet().stream()
            .filter(vertex -> vertex.getValue().getClass() == MergeVertex.class)
            .map(Map.Entry::getKey)
            .toList();
    if (joins.size() != 1 || configuration.getNetworkInputs().size() != 1) {
      return Optional.empty();
    }
    List<Part> parts = new ArrayList<>();
    for (String name : configuration.getVertexInputs().get(joins.get(0))) {
      part(graph, name).ifPresent(parts::add);
    }
    return parts.size() == configuration.getVertexInputs().get(joins.get(0)).size()
        ? Optional.of(new JoinedInputs(joins.get(0), parts))
        : Optional.empty();
  }

  private static Optional<Part> part(ComputationGraph graph, String name) {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    GraphVertex vertex = configuration.getVertices().get(name);
    if (vertex instanceof SubsetVertex subset) {
      return isOfInputs(configuration, name) ? Optional.of(Part.plain(subset)) : Optional.empty();
    }
    if (!(vertex instanceof LayerVertex layer) || layer.getPreProcessor() != null) {
      return Optional.empty();
    }
    String before = configuration.getVertexInputs().get(name).get(0);
    return isEmbedding(graph.getLayer(name))
            && configuration.getVertices().get(before) instanceof SubsetVertex subset
            && isOfInputs(configuration, before)
        ? Optional.of(Part.embedded(subset, graph.getLayer(name).getParam("W").toFloatMatrix()))
        : Optional.empty();
  }

  private static boolean isOfInputs(ComputationGraphConfiguration configuration, String name) {
    return configuration.getVertexInputs().get(name).equals(configuration.getNetworkInputs());
  }

  private static boolean isEmbedding(Layer layer) {
    return layer.conf().getLayer().getClass() == DenseLayer.class
        && layer.conf().getLayer() instanceof DenseLayer dense
        && !dense.hasBias()
        && !dense.hasLayerNorm()
        && dense.getActivationFn() instanceof ActivationIdentity;
  }

  /**
   * The weights of the layer behind the join, as if it read the inputs themselves.
   *
   * @param weights for each joined number, a number for each output
   * @return for each input, a number for each output
   */
  float[][] before(float[][] weights) {
    int inputs = parts.stream().mapToInt(part -> part.from() + part.inputs()).max().orElse(0);
    float[][] all = new float[inputs][weights[0].length];
    int offset = 0;
    for (Part part : parts) {
      for (int i = 0; i < part.inputs(); i++) {
        float[] target = all[part.from() + i];
        if (part.lines().isPresent()) {
          add(part.lines().get()[i], weights, offset, target);
        } else {
          add(weights[offset + i], target);
        }
      }
      offset += part.width();
    }
    return all;
  }

  private static void add(float[] line, float[][] weights, int offset, float[] target) {
    for (int j = 0; j < target.length; j++) {
      double sum = target[j];
      for (int k = 0; k < line.length; k++) {
        sum += (double) line[k] * weights[offset + k][j];
      }
      target[j] = (float) sum;
    }
  }

  private static void add(float[] weights, float[] target) {
    for (int j = 0; j < target.length; j++) {
      target[j] += weights[j];
    }
  }
}
