package dev.firstday.trainer.train.start;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a row is between two layers. A sequence is [steps, channels] in Keras and [channels, steps]
 * here; so it stays in a flat row, where Keras has step after step.
 *
 * @param steps 1 of a row that was never a sequence
 * @param channels numbers in a step
 * @param isFlat whether it is a row of numbers now
 */
record KerasShape(int steps, int channels, boolean isFlat) {
  private static final int MAX_NUMBERS = 1 << 20;

  static KerasShape flat(int width) {
    return new KerasShape(1, width, true);
  }

  static KerasShape sequence(int steps, int channels) {
    return new KerasShape(steps, channels, false);
  }

  /**
   * Of what the network reads.
   *
   * @throws dev.firstday.sdk.RunFailure NetworkUnknown, when it is no row
   */
  static KerasShape ofInputs(JsonNode config) {
    JsonNode shape =
        config.has("batch_shape") ? config.path("batch_shape") : config.path("batch_input_shape");
    boolean sequence = shape.size() == 3;
    long numbers =
        sequence ? (long) shape.get(1).asInt() * shape.get(2).asInt() : shape.path(1).asInt();
    if (shape.size() < 2
        || shape.size() > 3
        || shape.get(1).asInt() < 1
        || numbers < 1
        || numbers > MAX_NUMBERS) {
      throw StartingPoint.failure(
          "NetworkUnknown",
          "the network's input has the shape %s; a row is [null, inputs], or [null, steps, channels] with a number of steps"
              .formatted(shape),
          null);
    }
    return sequence
        ? sequence(shape.get(1).asInt(), shape.get(2).asInt())
        : flat(shape.get(1).asInt());
  }

  /** All numbers. */
  int width() {
    return steps * channels;
  }

  /** What a layer that treats each by itself treats: numbers, or channels. */
  int units() {
    return isFlat ? width() : channels;
  }

  KerasShape flattened() {
    return new KerasShape(steps, channels, true);
  }

  /**
   * Lines in the order of a flat row here.
   *
   * @param theirs for each number of Keras' flat row so many
   */
  float[] inOrder(float[] theirs, int numbers) {
    if (!isFlat || steps == 1) {
      return theirs;
    }
    float[] ours = new float[theirs.length];
    for (int step = 0; step < steps; step++) {
      for (int channel = 0; channel < channels; channel++) {
        System.arraycopy(
            theirs,
            (step * channels + channel) * numbers,
            ours,
            (channel * steps + step) * numbers,
            numbers);
      }
    }
    return ours;
  }
}
