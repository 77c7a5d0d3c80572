package dev.firstday.trainer.train.dense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A number for each weight of a network: the weights themselves, their gradient, or a moment of it.
 *
 * @param arrays for each layer its weights, output after output with all of its inputs, and then
 *     its biases. Put one behind the other this is DL4J's own order.
 */
record Numbers(List<float[]> arrays) {
  static Numbers filled(DenseShape shape, float value) {
    List<float[]> arrays = new ArrayList<>();
    for (DenseShape.Layer layer : shape.layers()) {
      arrays.add(new float[Math.multiplyExact(layer.inputs(), layer.outputs())]);
      arrays.add(new float[layer.outputs()]);
    }
    arrays.forEach(array -> Arrays.fill(array, value));
    return new Numbers(List.copyOf(arrays));
  }

  float[] weights(int layer) {
    return arrays.get(2 * layer);
  }

  float[] biases(int layer) {
    return arrays.get(2 * layer + 1);
  }

  /** Writes all into the array, from that place on. */
  void write(float[] target, int from) {
    int at = from;
    for (float[] array : arrays) {
      System.arraycopy(array, 0, target, at, array.length);
      at += array.length;
    }
  }

  /** Takes all from the array, from that place on. */
  void read(float[] source, int from) {
    int at = from;
    for (float[] array : arrays) {
      System.arraycopy(source, at, array, 0, array.length);
      at += array.length;
    }
  }
}
