package dev.firstday.sdk.model;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.feature.Feature;
import dev.firstday.sdk.feature.Features;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/**
 * A graph that was made elsewhere, over features that a job declares.
 *
 * @param declared the features, and the optimiser if the graph's own is not wanted
 * @param configuration of the graph
 */
public record GivenGraph(DeclarativeModel declared, ComputationGraphConfiguration configuration)
    implements Model {
  /** As many as an artefact may hold. */
  private static final long MAX_WEIGHTS = 256L * 1024 * 1024;

  @Override
  public List<Feature> features(List<DatasetSpec.Column> columns) {
    return declared.features(columns);
  }

  @Override
  public ComputationGraphConfiguration graph(Features fitted, int outputs, long seed) {
    ComputationGraphConfiguration graph = configuration.clone();
    long weights = graph.getVertices().values().stream().mapToLong(v -> v.numParams(true)).sum();
    if (weights > MAX_WEIGHTS) {
      throw new IllegalArgumentException(
          "it has %,d weights and %,d is the most".formatted(weights, MAX_WEIGHTS));
    }
    graph.getDefaultConfiguration().setSeed(seed);
    if (declared.network().updater() != null) {
      graph.getVertices().values().stream()
          .filter(LayerVertex.class::isInstance)
          .map(vertex -> ((LayerVertex) vertex).getLayerConf().getLayer())
          .flatMap(GivenGraph::taught)
          .forEach(
              layer -> {
                layer.setIUpdater(
                    Dl4jTerms.updater(declared.network().updater(), declared.epochs()));
                // biases go with their layer
                layer.setBiasUpdater(null);
              });
    }
    return graph;
  }

  /** The layer that has weights, out of whatever it is wrapped in. */
  private static Stream<BaseLayer> taught(Layer layer) {
    if (layer instanceof BaseWrapperLayer wrapper) {
      return taught(wrapper.getUnderlying());
    }
    if (layer instanceof Bidirectional both) {
      return Stream.concat(taught(both.getFwd()), taught(both.getBwd()));
    }
    return layer instanceof BaseLayer base ? Stream.of(base) : Stream.empty();
  }
}
