package dev.firstday.sdk.artefact;

import dev.firstday.sdk.model.Task;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a network forward. Its arrays live in a workspace that every call reuses, since nothing else
 * frees native memory when JavaCPP's collector is off.
 */
public final class Predictor {
  private static final WorkspaceConfiguration WORKSPACE =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .build();

  private final ComputationGraph network;
  private final Task task;
  private final int inputs;

  /**
   * A predictor of a network that fits the task.
   *
   * @param inputs a row
   */
  public Predictor(ComputationGraph network, Task task, int inputs) {
    this.network = network;
    this.task = task;
    this.inputs = inputs;
  }

  /** Inputs a row. */
  public int inputs() {
    return inputs;
  }

  /**
   * @param encoded row after row
   * @return for each row the task's outputs
   */
  public synchronized double[][] predict(float[] encoded, int rows) {
    if (rows < 1 || encoded.length < (long) rows * inputs) {
      throw new IllegalArgumentException(
          "%d rows of %d inputs need %d numbers, not %d"
              .formatted(rows, inputs, (long) rows * inputs, encoded.length));
    }
    try (MemoryWorkspace workspace =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(WORKSPACE, "FIRSTDAY_PREDICT")) {
      // created by shape, since arrays made from Java arrays are not the workspace's
      INDArray batch = Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows, inputs}, 'c');
      ((FloatPointer) batch.data().addressPointer()).put(encoded, 0, rows * inputs);
      return inLabelUnit(network.output(false, workspace, batch)[0]);
    }
  }

  private double[][] inLabelUnit(INDArray output) {
    double[][] answers = new double[output.rows()][task.outputs()];
    float[] flat = output.dup('c').data().asFloat();
    for (int row = 0; row < answers.length; row++) {
      for (int i = 0; i < task.outputs(); i++) {
        float value = flat[row * task.outputs() + i];
        answers[row][i] =
            task instanceof Task.Regression regression
                ? regression.mean() + regression.deviation() * value
                : value;
      }
    }
    return answers;
  }
}
