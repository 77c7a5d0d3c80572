package dev.firstday.sdk.model;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.feature.Feature;
import java.util.List;
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
   * The network for that many inputs and outputs. Its output layer has
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
  MultiLayerConfiguration network(int inputs, int outputs, long seed);
}
