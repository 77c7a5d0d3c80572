package dev.firstday.trainer.train.dense;

import dev.firstday.trainer.train.Batch;
import dev.firstday.trainer.train.blas.Blas;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A part of every batch: the pass forward, the pass back, and the gradient of its rows. */
final class Shard {
  private final DenseShape shape;
  private final Numbers gradient;
  private final int capacity;

  /** What goes into each layer, after dropout. */
  private final float[][] inputs;

  /** What each layer adds up; behind the pass back, the loss's slope at it. */
  private final float[][] sums;

  /** What dropout multiplied each layer's inputs by; null for a layer without. */
  private final float[][] masks;

  private final float[] targets;

  /**
   * @param capacity rows at most
   */
  Shard(DenseShape shape, int capacity) {
    int layers = shape.layers().size();
    this.shape = shape;
    this.gradient = Numbers.filled(shape, 0);
    this.capacity = capacity;
    this.inputs = new float[layers][];
    this.sums = new float[layers][];
    this.masks = new float[layers][];
    for (int i = 0; i < layers; i++) {
      DenseShape.Layer layer = shape.layers().get(i);
      inputs[i] = new float[capacity * layer.inputs()];
      sums[i] = new float[capacity * layer.outputs()];
      masks[i] = layer.kept() < 1 ? new float[capacity * layer.inputs()] : null;
    }
    this.targets = new float[sums[layers - 1].length];
  }

  int capacity() {
    return capacity;
  }

  /** The sum over the rows of the last {@link #learn}. */
  Numbers gradient() {
    return gradient;
  }

  /**
   * @param from the first row of the batch that is this shard's
   * @param rows how many follow
   * @param seed of dropout
   * @return the rows' loss, summed
   */
  double learn(Numbers weights, Batch batch, int from, int rows, long seed) {
    int last = shape.layers().size() - 1;
    int wide = shape.layers().get(0).inputs();
    int outputs = shape.layers().get(last).outputs();
    System.arraycopy(batch.features(), from * wide, inputs[0], 0, rows * wide);
    System.arraycopy(batch.labels(), from * outputs, targets, 0, rows * outputs);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i <= last; i++) {
      forward(i, weights, rows, random);
    }
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      double lossOfRow = shape.loss().apply(sums[last], targets, row * outputs, outputs);
      loss += batch.isWeighted() ? weigh(row, batch.weights()[from + row], lossOfRow) : lossOfRow;
    }
    for (int i = last; i >= 0; i--) {
      back(i, weights, rows);
    }
    return loss;
  }

  /** A row's loss and its slopes, as often as the row counts. */
  private double weigh(int row, float weight, double loss) {
    float[] slopes = sums[sums.length - 1];
    int outputs = slopes.length / capacity;
    for (int i = row * outputs; i < (row + 1) * outputs; i++) {
      slopes[i] *= weight;
    }
    return weight * loss;
  }

  private void forward(int index, Numbers weights, int rows, SplittableRandom random) {
    DenseShape.Layer layer = shape.layers().get(index);
    float[] in = inputs[index];
    float[] out = sums[index];
    if (masks[index] != null) {
      drop(in, masks[index], rows * layer.inputs(), layer.kept(), random);
    }
    Blas.timesTransposed(in, weights.weights(index), out, rows, layer.outputs(), layer.inputs());
    float[] biases = weights.biases(index);
    for (int row = 0; row < rows; row++) {
      int start = row * biases.length;
      for (int j = 0; j < biases.length; j++) {
        out[start + j] += biases[j];
      }
    }
    if (index + 1 < inputs.length) {
      int count = rows * layer.outputs();
      System.arraycopy(out, 0, inputs[index + 1], 0, count);
      layer.activation().apply(inputs[index + 1], 0, count);
    }
  }

  /** Inverted dropout: what is kept is scaled up, so that sums stay as they are on average. */
  private static void drop(
      float[] values, float[] mask, int count, double kept, SplittableRandom random) {
    float scale = (float) (1 / kept);
    for (int i = 0; i < count; i++) {
      mask[i] = random.nextDouble() < kept ? scale : 0;
      values[i] *= mask[i];
    }
  }

  /** From the slopes at the layer's sums to its gradient, and to the slopes one layer before. */
  private void back(int index, Numbers weights, int rows) {
    DenseShape.Layer layer = shape.layers().get(index);
    float[] slopes = sums[index];
    Blas.transposedTimes(
        slopes, inputs[index], gradient.weights(index), layer.outputs(), layer.inputs(), rows);
    float[] biases = gradient.biases(index);
    Arrays.fill(biases, 0);
    for (int row = 0; row < rows; row++) {
      int start = row * biases.length;
      for (int j = 0; j < biases.length; j++) {
        biases[j] += slopes[start + j];
      }
    }
    if (index == 0) {
      return;
    }
    // the inputs are no longer needed, so that their slopes take their place
    float[] before = inputs[index];
    Blas.times(slopes, weights.weights(index), before, rows, layer.inputs(), layer.outputs());
    int count = rows * layer.inputs();
    if (masks[index] != null) {
      for (int i = 0; i < count; i++) {
        before[i] *= masks[index][i];
      }
    }
    shape.layers().get(index - 1).slope().multiply(sums[index - 1], before, count);
    System.arraycopy(before, 0, sums[index - 1], 0, count);
  }
}
