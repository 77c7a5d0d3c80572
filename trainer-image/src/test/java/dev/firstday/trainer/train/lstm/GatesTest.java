package dev.firstday.trainer.train.lstm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class GatesTest {
  private static final float[] EDGES = {
    0, -0f, Float.MIN_VALUE, 1e-20f, 1e-4f, 8.99f, 9, 9.01f, 50, 1e30f, Float.POSITIVE_INFINITY
  };

  @Test
  void tanhIsExactToSomeUnitsInTheLastPlace() {
    float[] sums = sums();
    float[] values = sums.clone();
    Gates.tanh(values, values.length);

    assertClose(values, sums, Math::tanh);
  }

  @Test
  void sigmoidIsExactToSomeUnitsInTheLastPlaceOfOne() {
    float[] sums = sums();
    float[] values = sums.clone();
    Gates.sigmoid(values, values.length);

    assertClose(values, sums, sum -> 1 / (1 + Math.exp(-sum)));
  }

  @Test
  void whatIsNotANumberStaysThat() {
    float[] values = {Float.NaN, 1};
    Gates.tanh(values, 1);
    assertThat(values[0]).isNaN();
    assertThat(values[1]).as("behind the count").isEqualTo(1);
  }

  private static void assertClose(float[] values, float[] sums, DoubleUnaryOperator exact) {
    for (int i = 0; i < sums.length; i++) {
      assertThat((double) values[i])
          .as("of %s", sums[i])
          .isCloseTo(exact.applyAsDouble(sums[i]), within(4 * (double) Math.ulp(1f)));
    }
  }

  private static float[] sums() {
    Random random = new Random(1);
    float[] sums = new float[2 * EDGES.length + 100_000];
    for (int i = 0; i < sums.length; i++) {
      sums[i] =
          i < EDGES.length
              ? EDGES[i]
              : i < 2 * EDGES.length
                  ? -EDGES[i - EDGES.length]
                  : (float) (random.nextGaussian() * 4);
    }
    return sums;
  }

  /** The slopes are those of the pass forward, by differences. */
  @Test
  void passBackGivesTheSlopesOfThePassForward() {
    Random random = new Random(2);
    double[] sums = random.doubles(4, -1.5, 1.5).toArray();
    double before = 0.7;
    // of a loss that is 2 x hidden + 3 x cell
    float[][] gates = new float[4][1];
    Gates.Arrays arrays = new Gates.Arrays(gates[0], gates[1], gates[2], gates[3]);
    float[] cells = {(float) before};
    float[] hidden = new float[1];
    for (int gate = 0; gate < 4; gate++) {
      gates[gate][0] = (float) sums[gate];
    }
    Gates.forward(arrays, Gates.Arrays.of(1), cells, hidden, 1);
    assertThat(2 * hidden[0] + 3 * cells[0]).isCloseTo((float) loss(sums, before), within(1e-5f));
    float[] carried = {3};
    Gates.back(arrays, cells, new float[] {(float) before}, new float[] {2}, carried, 1);

    double small = 1e-6;
    for (int gate = 0; gate < 4; gate++) {
      double[] more = Arrays.copyOf(sums, 4);
      more[gate] += small;
      assertThat((double) gates[gate][0])
          .as("gate %d", gate)
          .isCloseTo((loss(more, before) - loss(sums, before)) / small, within(1e-4));
    }
    assertThat((double) carried[0])
        .isCloseTo((loss(sums, before + small) - loss(sums, before)) / small, within(1e-4));
  }

  private static double loss(double[] sums, double before) {
    double cell = sigmoid(sums[1]) * before + sigmoid(sums[3]) * Math.tanh(sums[0]);
    return 2 * sigmoid(sums[2]) * Math.tanh(cell) + 3 * cell;
  }

  private static double sigmoid(double sum) {
    return 1 / (1 + Math.exp(-sum));
  }
}
