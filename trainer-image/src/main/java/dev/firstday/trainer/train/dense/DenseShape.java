package dev.firstday.trainer.train.dense;

import dev.firstday.sdk.model.Activations;
import dev.firstday.sdk.model.Graphs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * A network of dense layers, as far as learning goes.
 *
 * @param layers from the input on, the output layer last
 * @param loss of the output layer
 * @param optimiser of all layers
 */
record DenseShape(List<Layer> layers, OutputLoss loss, Optimiser optimiser) {

  /**
   * A layer: {@code activation(dropout(input) * weights + bias)}.
   *
   * @param activation null for the output layer, where the loss knows it
   * @param slope of the activation; null for the output layer
   * @param kept the share of inputs that dropout keeps; 1: all
   * @param l1 weight of the sum of absolute weights in the loss
   * @param l2 weight of half the sum of squared weights in the loss
   */
  record Layer(
      int inputs,
      int outputs,
      Activations.Function activation,
      Activations.Slope slope,
      double kept,
      double l1,
      double l2) {}

  /** Empty when the network has anything that is not known here: DL4J has to teach it itself. */
  static Optional<DenseShape> of(ComputationGraph network) {
    List<NeuralNetConfiguration> confs =
        Graphs.chain(network).orElse(List.of()).stream().map(layer -> layer.conf()).toList();
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < confs.size(); i++) {
      layer(confs.get(i), i == confs.size() - 1).ifPresent(layers::add);
    }
    return confs.isEmpty() || layers.size() < confs.size()
        ? Optional.empty()
        : OutputLoss.of((OutputLayer) confs.get(confs.size() - 1).getLayer())
            .flatMap(
                loss ->
                    commonUpdater(confs)
                        .flatMap(Optimiser::of)
                        .map(optimiser -> new DenseShape(List.copyOf(layers), loss, optimiser)));
  }

  /** How many weights there are, with biases. */
  int size() {
    return layers.stream().mapToInt(l -> Math.multiplyExact(l.inputs() + 1, l.outputs())).sum();
  }

  private static Optional<Layer> layer(NeuralNetConfiguration conf, boolean last) {
    if (!isPlain(conf) || !isDense(conf.getLayer(), last)) {
      return Optional.empty();
    }
    FeedForwardLayer layer = (FeedForwardLayer) conf.getLayer();
    Optional<Activations.Function> activation = Activations.of(layer.getActivationFn());
    Optional<Activations.Slope> slope = Activations.slope(layer.getActivationFn());
    Optional<Double> kept = kept(layer.getIDropout());
    Optional<Double> l1 = penalty(layer.getRegularization(), L1Regularization.class);
    Optional<Double> l2 = penalty(layer.getRegularization(), L2Regularization.class);
    if (kept.isEmpty() || l1.isEmpty() || l2.isEmpty()) {
      return Optional.empty();
    }
    if (!last && (activation.isEmpty() || slope.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new Layer(
            Math.toIntExact(layer.getNIn()),
            Math.toIntExact(layer.getNOut()),
            last ? null : activation.get(),
            last ? null : slope.get(),
            kept.get(),
            l1.get(),
            l2.get()));
  }

  private static boolean isPlain(NeuralNetConfiguration conf) {
    return conf.isMinimize()
        && conf.isMiniBatch()
        && conf.getDataType() == DataType.FLOAT
        && conf.getOptimizationAlgo() == OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT;
  }

  /** Subclasses do more than their parents, so that only the very classes count. */
  private static boolean isDense(org.deeplearning4j.nn.conf.layers.Layer conf, boolean last) {
    if (conf.getClass() != (last ? OutputLayer.class : DenseLayer.class)) {
      return false;
    }
    boolean hasPlainBias =
        conf instanceof DenseLayer dense
            ? dense.hasBias() && !dense.hasLayerNorm()
            : ((OutputLayer) conf).hasBias();
    FeedForwardLayer layer = (FeedForwardLayer) conf;
    return hasPlainBias
        && layer.getWeightNoise() == null
        && layer.getBiasUpdater() == null
        && isEmpty(layer.getConstraints())
        && isEmpty(layer.getRegularizationBias())
        && (layer.getGradientNormalization() == null
            || layer.getGradientNormalization() == GradientNormalization.None);
  }

  private static boolean isEmpty(List<?> list) {
    return list == null || list.isEmpty();
  }

  private static Optional<Double> kept(IDropout dropout) {
    if (dropout == null) {
      return Optional.of(1.0);
    }
    return dropout.getClass() == Dropout.class && ((Dropout) dropout).getPSchedule() == null
        ? Optional.of(((Dropout) dropout).getP())
        : Optional.empty();
  }

  /** 0 without one of that class; empty when there is any that is not known here. */
  private static Optional<Double> penalty(
      List<Regularization> all, Class<? extends Regularization> wanted) {
    double sum = 0;
    for (Regularization each : all == null ? List.<Regularization>of() : all) {
      ISchedule weight;
      if (each.getClass() == L1Regularization.class) {
        weight = ((L1Regularization) each).getL1();
      } else if (each.getClass() == L2Regularization.class) {
        weight = ((L2Regularization) each).getL2();
      } else {
        return Optional.empty();
      }
      if (!(weight instanceof FixedSchedule)) {
        return Optional.empty();
      }
      sum += each.getClass() == wanted ? weight.valueAt(0, 0) : 0;
    }
    return Optional.of(sum);
  }

  private static Optional<IUpdater> commonUpdater(List<NeuralNetConfiguration> confs) {
    List<IUpdater> different =
        confs.stream()
            .map(conf -> ((FeedForwardLayer) conf.getLayer()).getIUpdater())
            .distinct()
            .toList();
    return different.size() == 1 ? Optional.of(different.get(0)) : Optional.empty();
  }
}
