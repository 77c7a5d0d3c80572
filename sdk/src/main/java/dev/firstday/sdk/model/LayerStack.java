package dev.firstday.sdk.model;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.feature.Feature;
import dev.firstday.sdk.feature.Features;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;

/**
 * Hidden layers that were made elsewhere, over features that a job declares; optimiser, penalties,
 * loss and output layer are the job's.
 *
 * @param hidden from the inputs on; the output layer reads the last one
 * @param width of what the output layer reads
 * @param dropped the share of it that training sets to zero
 */
public record LayerStack(DeclarativeModel declared, List<Item> hidden, int width, double dropped)
    implements Model {
  /** The name of what all begins with. */
  public static final String INPUTS = DeclaredGraph.INPUTS;

  /** The output layer's name. */
  public static final String OUTPUT = "output";

  /** One of the hidden layers. */
  public sealed interface Item {
    /** Of its vertex. */
    String name();

    /**
     * A layer.
     *
     * @param from what it reads
     */
    record OfLayer(String name, Layer layer, String from) implements Item {}

    /**
     * What has no weights.
     *
     * @param from what it reads
     */
    record OfVertex(String name, GraphVertex vertex, List<String> from) implements Item {}
  }

  @Override
  public List<Feature> features(List<DatasetSpec.Column> columns) {
    return declared.features(columns);
  }

  @Override
  public ComputationGraphConfiguration graph(Features fitted, int outputs, long seed) {
    GraphBuilder graph = DeclaredGraph.common(declared, seed).graphBuilder().addInputs(INPUTS);
    String at = INPUTS;
    for (Item item : hidden) {
      // a configuration takes its layers over and changes them
      if (item instanceof Item.OfLayer layer) {
        graph.addLayer(item.name(), layer.layer().clone(), layer.from());
      } else if (item instanceof Item.OfVertex vertex) {
        graph.addVertex(item.name(), vertex.vertex().clone(), vertex.from().toArray(String[]::new));
      }
      at = item.name();
    }
    return graph
        .addLayer(
            OUTPUT,
            new OutputLayer.Builder(Dl4jTerms.lossFunction(declared.loss()))
                .nIn(width)
                .nOut(outputs)
                .activation(Dl4jTerms.outputActivation(declared.loss()))
                .weightInit(WeightInit.XAVIER)
                .dropOut(Dl4jTerms.kept(dropped))
                .build(),
            at)
        .setOutputs(OUTPUT)
        .build();
  }
}
