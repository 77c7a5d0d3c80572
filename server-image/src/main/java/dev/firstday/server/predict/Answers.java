package dev.firstday.server.predict;

import dev.firstday.sdk.model.Task;
import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.ModelMetadata.TensorMetadata;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * What the network's numbers mean, as outputs of the protocol:
 *
 * <ul>
 *   <li>yes or no: the label, BOOL [n], and {@code probability} of yes, FP32 [n];
 *   <li>k labels, yes or no each: {@code labels}, BOOL [n, k], and {@code probabilities} of yes,
 *       FP32 [n, k];
 *   <li>one of k classes: the label, BYTES [n], and {@code probabilities}, FP32 [n, k];
 *   <li>a number: the label, FP64 [n], in its own unit.
 * </ul>
 */
final class Answers {
  static final String PROBABILITY = "probability";
  static final String PROBABILITIES = "probabilities";
  private static final double EVEN = 0.5;

  private Answers() {}

  static List<TensorMetadata> metadata(Task task) {
    if (task instanceof Task.Binary) {
      return List.of(
          new TensorMetadata(task.label(), Datatype.BOOL.name(), List.of(-1)),
          new TensorMetadata(PROBABILITY, Datatype.FP32.name(), List.of(-1)));
    }
    if (task instanceof Task.MultiLabel) {
      return List.of(
          new TensorMetadata(task.label(), Datatype.BOOL.name(), List.of(-1, task.outputs())),
          new TensorMetadata(PROBABILITIES, Datatype.FP32.name(), List.of(-1, task.outputs())));
    }
    if (task instanceof Task.Classes) {
      return List.of(
          new TensorMetadata(task.label(), Datatype.BYTES.name(), List.of(-1)),
          new TensorMetadata(PROBABILITIES, Datatype.FP32.name(), List.of(-1, task.outputs())));
    }
    return List.of(new TensorMetadata(task.label(), Datatype.FP64.name(), List.of(-1)));
  }

  /**
   * @param predictions a row's {@code task.outputs()} numbers each
   * @throws ProtocolException 500 when a number is not finite: no answer is better than a wrong one
   */
  static List<Tensor> of(Task task, double[][] predictions) {
    int rows = predictions.length;
    double[] flat = new double[rows * task.outputs()];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < task.outputs(); i++) {
        double value = predictions[row][i];
        if (!Double.isFinite(value)) {
          throw new ProtocolException(
              500, "row " + row + ": the model's answer is " + value + "; the model is broken");
        }
        flat[row * task.outputs() + i] = value;
      }
    }
    if (task instanceof Task.Binary) {
      return List.of(
          new Tensor(task.label(), Datatype.BOOL, List.of(rows), yes(flat)),
          floats(PROBABILITY, List.of(rows), flat));
    }
    if (task instanceof Task.MultiLabel) {
      List<Integer> shape = List.of(rows, task.outputs());
      return List.of(
          new Tensor(task.label(), Datatype.BOOL, shape, yes(flat)),
          floats(PROBABILITIES, shape, flat));
    }
    if (task instanceof Task.Classes classes) {
      List<String> names = new ArrayList<>();
      for (double[] probabilities : predictions) {
        names.add(classes.classes().get(greatest(probabilities)));
      }
      return List.of(
          new Tensor(task.label(), Datatype.BYTES, List.of(rows), new Values.Texts(names)),
          floats(PROBABILITIES, List.of(rows, task.outputs()), flat));
    }
    return List.of(new Tensor(task.label(), Datatype.FP64, List.of(rows), new Values.Floats(flat)));
  }

  private static Values.Booleans yes(double[] probabilities) {
    boolean[] yes = new boolean[probabilities.length];
    for (int i = 0; i < yes.length; i++) {
      yes[i] = probabilities[i] >= EVEN;
    }
    return new Values.Booleans(yes);
  }

  private static Tensor floats(String name, List<Integer> shape, double[] values) {
    return new Tensor(name, Datatype.FP32, shape, new Values.Floats(values));
  }

  private static int greatest(double[] probabilities) {
    int greatest = 0;
    for (int i = 1; i < probabilities.length; i++) {
      greatest = probabilities[i] > probabilities[greatest] ? i : greatest;
    }
    return greatest;
  }

  /** The network's numbers again, row after row, from an answer's outputs. */
  static double[] numbers(Task task, List<Tensor> outputs) {
    Tensor numbers = outputs.get(task instanceof Task.Regression ? 0 : 1);
    return ((Values.Floats) numbers.values()).elements();
  }
}
