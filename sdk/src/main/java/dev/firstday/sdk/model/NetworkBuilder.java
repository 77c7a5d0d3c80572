package dev.firstday.sdk.model;

import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
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
   * @param inputs that the features make
   * @param cure who has to act when the network does not fit
   * @throws RunFailure when the network does not fit inputs or task; the message says where
   */
  public static MultiLayerNetwork build(Model model, int inputs, Task task, long seed, Cure cure) {
    try {
      MultiLayerNetwork network = made(model, inputs, task, seed);
      checkEnds(network, inputs, task);
      tryOut(network, inputs, task);
      return network;
    } catch (DoesNotFit e) {
      throw new RunFailure("NetworkDoesNotFit", e.getMessage(), cure, e.getCause());
    }
  }

  private static MultiLayerNetwork made(Model model, int inputs, Task task, long seed) {
    try {
      MultiLayerConfiguration configuration = model.network(inputs, task.outputs(), seed);
      if (configuration == null) {
        throw doesNotFit("the model's network is null", null);
      }
      MultiLayerNetwork network = new MultiLayerNetwork(configuration);
      network.init();
      return network;
    } catch (RunFailure | DoesNotFit e) {
      throw e;
    } catch (RuntimeException e) {
      throw doesNotFit("the network cannot be built: " + e.getMessage(), e);
    }
  }

  /** Whether the network's loss is the absolute error, whose best constant is the median. */
  public static boolean hasAbsoluteError(MultiLayerNetwork network) {
    ILossFunction loss = output(network).getLossFn();
    return loss instanceof LossMAE || loss instanceof LossL1;
  }

  private static void checkEnds(MultiLayerNetwork network, int inputs, Task task) {
    if (network.layerInputSize(0) != inputs) {
      throw doesNotFit(
          "the first layer takes %d inputs and the features make %d"
              .formatted(network.layerInputSize(0), inputs),
          null);
    }
    BaseOutputLayer output = output(network);
    if (output.getNOut() != task.outputs()) {
      throw doesNotFit(
          "the output layer has %d outputs and the label %s needs %d"
              .formatted(output.getNOut(), task.label(), task.outputs()),
          null);
    }
    boolean sigmoid = output.getActivationFn() instanceof ActivationSigmoid;
    boolean softmax = output.getActivationFn() instanceof ActivationSoftmax;
    ILossFunction loss = output.getLossFn();
    if (task instanceof Task.Binary && !(sigmoid && loss instanceof LossBinaryXENT)) {
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

  private static BaseOutputLayer output(MultiLayerNetwork network) {
    Layer last = network.getLayer(network.getnLayers() - 1).conf().getLayer();
    if (last instanceof BaseOutputLayer output) {
      return output;
    }
    throw doesNotFit(
        "the last layer is a %s and must be an OutputLayer"
            .formatted(last.getClass().getSimpleName()),
        null);
  }

  /** Layers between the ends are tried with one row, since DL4J checks them only then. */
  private static void tryOut(MultiLayerNetwork network, int inputs, Task task) {
    try (INDArray row = Nd4j.zeros(1, inputs);
        INDArray answer = network.output(row, false)) {
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
        "the output layer has %s and %s; the label %s needs %s"
            .formatted(
                output.getActivationFn(),
                output.getLossFn().getClass().getSimpleName(),
                task.label(),
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
