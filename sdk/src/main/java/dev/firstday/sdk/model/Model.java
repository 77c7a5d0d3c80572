package dev.firstday.sdk.model;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.feature.Feature;
import dev.firstday.sdk.feature.Features;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * What a model's author writes: which columns are inputs, and the network. Reading the data,
 * fitting the encoding, training, evaluation, gates, storage and serving are not the model's
 * affair.
 *
 * <p>An implementation has a public constructor without arguments and keeps no state: the same
 * arguments give the same answers, or a model could not be trained again.
 */
public interface Model {
  /**
   * Which columns are inputs, and how.
   *
   * @param columns those of the data set whose role is feature or eventTime
   */
  List<Feature> features(List<DatasetSpec.Column> columns);

  /**
   * The network for that many inputs and outputs, if its layers stand one behind the other; for any
   * other there is {@link #graph}. Its output layer has
   *
   * <ul>
   *   <li>one sigmoid output and binary cross-entropy, for a BOOLEAN label;
   *   <li>a softmax output for each class and cross-entropy, for a VARCHAR label;
   *   <li>one output and a loss on numbers, for any other label. It learns the label scaled to mean
   *       0 and deviation 1; where the loss is the mean absolute error, the best constant is the
   *       median.
   * </ul>
   *
   * @param seed for weights and dropout
   */
  default MultiLayerConfiguration network(int inputs, int outputs, long seed) {
    throw new UnsupportedOperationException(
        "implement network(int, int, long), or graph(Features, int, long)");
  }

  /**
   * The network as a graph, with one input of {@code features.width()} numbers a row and one output
   * layer. When it is not implemented, it is that of {@link #network}.
   *
   * @param features as they were fitted: what each input means, and how many a column makes
   * @param outputs of the output layer, as {@link #network} says
   * @param seed for weights and dropout
   */
  default ComputationGraphConfiguration graph(Features features, int outputs, long seed) {
    MultiLayerConfiguration layers = network(features.width(), outputs, seed);
    return layers == null ? null : Graphs.of(layers);
  }
}
