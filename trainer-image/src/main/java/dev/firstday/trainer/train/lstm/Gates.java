package dev.firstday.trainer.train.lstm;

/**
 * What an LSTM does between its products of matrices, Hochreiter and Schmidhuber 1997 with the
 * forget gate of Gers et al. 2000. All arrays of a call are as long and go by the same index, so
 * that the compiler makes vectors of these loops.
 */
final class Gates {
  /** Beyond it the single precision number that is next to tanh is 1. */
  private static final float SATURATED = 9;

  private Gates() {}

  /** One place of four arrays: by DL4J's order what goes in, and the gates. */
  record Arrays(float[] inputs, float[] forgets, float[] outputs, float[] lets) {
    static Arrays of(int length) {
      return new Arrays(new float[length], new float[length], new float[length], new float[length]);
    }

    /** In DL4J's order of weights. */
    float[] get(int index) {
      return switch (index) {
        case 0 -> inputs;
        case 1 -> forgets;
        case 2 -> outputs;
        case 3 -> lets;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /**
   * One step.
   *
   * @param gates sums; afterwards what the activations make of them
   * @param biases to add to the sums
   * @param cells of the step before; afterwards of this one
   * @param hidden afterwards what the layer answers
   */
  static void forward(Arrays gates, Arrays biases, float[] cells, float[] hidden, int count) {
    add(gates.inputs, biases.inputs, count);
    add(gates.forgets, biases.forgets, count);
    add(gates.outputs, biases.outputs, count);
    add(gates.lets, biases.lets, count);
    tanh(gates.inputs, count);
    sigmoid(gates.forgets, count);
    sigmoid(gates.outputs, count);
    sigmoid(gates.lets, count);
    remember(gates, cells, hidden, count);
    tanh(hidden, count);
    multiply(hidden, gates.outputs, count);
  }

  /**
   * One step back.
   *
   * @param gates as {@link #forward} left them; afterwards the loss's slopes at the sums
   * @param cells of the step; afterwards anything
   * @param before cells of the step before
   * @param slopes of the loss at what the layer answers
   * @param carried slopes at the cells, which the step behind left; afterwards for the step before
   */
  static void back(
      Arrays gates, float[] cells, float[] before, float[] slopes, float[] carried, int count) {
    tanh(cells, count);
    float[] inputs = gates.inputs;
    float[] forgets = gates.forgets;
    float[] outputs = gates.outputs;
    float[] lets = gates.lets;
    for (int i = 0; i < count; i++) {
      float input = inputs[i];
      float forget = forgets[i];
      float output = outputs[i];
      float let = lets[i];
      float slope = carried[i] + slopes[i] * output * (1 - cells[i] * cells[i]);
      outputs[i] = slopes[i] * cells[i] * output * (1 - output);
      inputs[i] = slope * let * (1 - input * input);
      lets[i] = slope * input * let * (1 - let);
      forgets[i] = slope * before[i] * forget * (1 - forget);
      carried[i] = slope * forget;
    }
  }

  private static void remember(Arrays gates, float[] cells, float[] hidden, int count) {
    float[] inputs = gates.inputs;
    float[] forgets = gates.forgets;
    float[] lets = gates.lets;
    for (int i = 0; i < count; i++) {
      cells[i] = forgets[i] * cells[i] + lets[i] * inputs[i];
      hidden[i] = cells[i];
    }
  }

  static void add(float[] values, float[] others, int count) {
    for (int i = 0; i < count; i++) {
      values[i] += others[i];
    }
  }

  private static void multiply(float[] values, float[] others, int count) {
    for (int i = 0; i < count; i++) {
      values[i] *= others[i];
    }
  }

  static void tanh(float[] values, int count) {
    for (int i = 0; i < count; i++) {
      values[i] = tanh(values[i]);
    }
  }

  static void sigmoid(float[] values, int count) {
    for (int i = 0; i < count; i++) {
      values[i] = 0.5f + 0.5f * tanh(0.5f * values[i]);
    }
  }

  /**
   * The quotient of polynomials that Eigen computes tanh by; exact to some units in the last place.
   * Unlike {@link Math#tanh} it is nothing but sums and products, which become vectors.
   */
  private static float tanh(float value) {
    float x = Math.max(-SATURATED, Math.min(SATURATED, value));
    float square = x * x;
    float above = -2.76076847742355e-16f;
    above = above * square + 2.00018790482477e-13f;
    above = above * square - 8.60467152213735e-11f;
    above = above * square + 5.12229709037114e-08f;
    above = above * square + 1.48572235717979e-05f;
    above = above * square + 6.37261928875436e-04f;
    above = above * square + 4.89352455891786e-03f;
    float below = 1.19825839466702e-06f;
    below = below * square + 1.18534705686654e-04f;
    below = below * square + 2.26843463243900e-03f;
    below = below * square + 4.89352518554385e-03f;
    return x * above / below;
  }
}
