package dev.firstday.sdk.model;

import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.feature.Features;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Makes a model's network and checks that it fits its data before any time is spent on it. */
public final class NetworkBuilder {
  private NetworkBuilder() {}

  /**
   * The network with its first weights.
   *
   * @param features fitted: they make the network's inputs
   * @param cure who has to act when the network does not fit
   * @throws RunFailure when the network does not fit inputs or task; the message says where
   */
  public static ComputationGraph build(
      Model model, Features features, Task task, long seed, Cure cure) {
    try {
      ComputationGraph network = made(model, features, task, seed);
      checkEnds(network, features.width(), task);
      tryOut(network, features.width(), task);
      return network;
    } catch (DoesNotFit e) {
      throw new RunFailure("NetworkDoesNotFit", e.getMessage(), cure, e.getCause());
    }
  }

  private static ComputationGraph made(Model model, Features features, Task task, long seed) {
    try {
      ComputationGraphConfiguration configuration = model.graph(features, task.outputs(), seed);
      if (configuration == null) {
        throw doesNotFit("the model's network is null", null);
      }
      ComputationGraph network = new ComputationGraph(configuration);
      network.init();
      return network;
    } catch (RunFailure | DoesNotFit e) {
      throw e;
    } catch (RuntimeException e) {
      throw doesNotFit("the network cannot be built: " + e.getMessage(), e);
    }
  }

  /** Whether the network's loss is the absolute error, whose best constant is the median. */
  public static boolean hasAbsoluteError(ComputationGraph network) {
    ILossFunction loss = output(network).getLossFn();
    return loss instanceof LossMAE || loss instanceof LossL1;
  }

  private static void checkEnds(ComputationGraph network, int inputs, Task task) {
    if (network.getNumInputArrays() != 1) {
      throw doesNotFit(
          "the network takes %d arrays; it gets one, with all features of a row"
              .formatted(network.getNumInputArrays()),
          null);
    }
    Graphs.chain(network)
        .map(layers -> layers.get(0))
        .ifPresent(first -> checkInputs(first, inputs));
    BaseOutputLayer output = output(network);
    if (output.getNOut() != task.outputs()) {
      throw doesNotFit(
          "the output layer has %d outputs; for %s it must have %d"
              .formatted(output.getNOut(), task.words(), task.outputs()),
          null);
    }
    boolean sigmoid = output.getActivationFn() instanceof ActivationSigmoid;
    boolean softmax = output.getActivationFn() instanceof ActivationSoftmax;
    ILossFunction loss = output.getLossFn();
    boolean yesOrNo = task instanceof Task.Binary || task instanceof Task.MultiLabel;
    if (yesOrNo && !(sigmoid && loss instanceof LossBinaryXENT)) {
      throw wrongEnd(output, task, "sigmoid and binary cross-entropy (XENT)");
    }
    if (task instanceof Task.Classes && !(softmax && loss instanceof LossMCXENT)) {
      throw wrongEnd(output, task, "softmax and cross-entropy (MCXENT)");
    }
    if (task instanceof Task.Regression
        && (sigmoid || softmax || loss instanceof LossBinaryXENT || loss instanceof LossMCXENT)) {
      throw wrongEnd(
          output, task, "an activation without bounds and a loss on numbers, such as MSE");
    }
  }

  /** Of a network with branches the first layers are tried with the rest. */
  private static void checkInputs(Layer first, int inputs) {
    if (first.conf().getLayer() instanceof FeedForwardLayer layer && layer.getNIn() != inputs) {
      throw doesNotFit(
          "the first layer takes %d inputs and the features make %d"
              .formatted(layer.getNIn(), inputs),
          null);
    }
  }

  private static BaseOutputLayer output(ComputationGraph network) {
    return Graphs.output(network)
        .orElseThrow(
            () ->
                doesNotFit(
                    "the network ends in %s and must end in one OutputLayer"
                        .formatted(network.getConfiguration().getNetworkOutputs()),
                    null));
  }

  /** Layers between the ends are tried with one row, since DL4J checks them only then. */
  private static void tryOut(ComputationGraph network, int inputs, Task task) {
    try (INDArray row = Nd4j.zeros(1, inputs);
        INDArray answer = network.output(false, row)[0]) {
      if (answer.rank() != 2 || answer.size(1) != task.outputs()) {
        throw doesNotFit(
            "a row's answer has shape %s instead of [1, %d]"
                .formatted(answer.shapeInfoToString(), task.outputs()),
            null);
      }
    } catch (DoesNotFit e) {
      throw e;
    } catch (RuntimeException e) {
      throw doesNotFit("the layers do not fit each other: " + e.getMessage(), e);
    }
  }

  private static DoesNotFit wrongEnd(BaseOutputLayer output, Task task, String needed) {
    return doesNotFit(
        "the output layer has %s and %s; for %s it must have %s"
            .formatted(
                output.getActivationFn(),
                output.getLossFn().getClass().getSimpleName(),
                task.words(),
                needed),
        null);
  }

  private static DoesNotFit doesNotFit(String message, Throwable cause) {
    return new DoesNotFit(message, cause);
  }

  private static final class DoesNotFit extends RuntimeException {
    DoesNotFit(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
