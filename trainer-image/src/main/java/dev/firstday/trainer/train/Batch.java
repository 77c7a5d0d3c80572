package dev.firstday.trainer.train;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Native arrays for one step's rows, made once and filled again and again. */
final class Batch implements AutoCloseable {
  private final INDArray features;
  private final INDArray labels;
  private final float[] featureStage;
  private final float[] labelStage;

  Batch(int rows, int inputs, int outputs) {
    this.features = Nd4j.create(DataType.FLOAT, new long[] {rows, inputs}, 'c');
    this.labels = Nd4j.create(DataType.FLOAT, new long[] {rows, outputs}, 'c');
    this.featureStage = new float[rows * inputs];
    this.labelStage = new float[rows * outputs];
  }

  INDArray features() {
    return features;
  }

  INDArray labels() {
    return labels;
  }

  int rows() {
    return (int) features.size(0);
  }

  /** Fills the arrays with the rows {@code order[from]} and on. */
  void fill(TrainingRows rows, int[] order, int from) {
    rows.features().write(order, from, from + rows(), featureStage);
    rows.writeTargets(order, from, from + rows(), labelStage);
    copy(featureStage, features);
    copy(labelStage, labels);
  }

  @Override
  public void close() {
    features.close();
    labels.close();
  }

  private static void copy(float[] stage, INDArray target) {
    ((FloatPointer) target.data().pointer()).put(stage, 0, stage.length);
  }
}
