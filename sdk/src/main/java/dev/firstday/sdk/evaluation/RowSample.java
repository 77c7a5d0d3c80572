package dev.firstday.sdk.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Which rows of many are looked at where all would take too long. */
public final class RowSample {
  private RowSample() {}

  /**
   * Rows in ascending order, each as likely as any other; all when there are no more than asked
   * for.
   */
  public static int[] of(int rows, int most, long seed) {
    int[] order = new int[rows];
    Arrays.setAll(order, row -> row);
    if (rows <= most) {
      return order;
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < most; i++) {
      int j = random.nextInt(i, rows);
      int drawn = order[j];
      order[j] = order[i];
      order[i] = drawn;
    }
    int[] sample = Arrays.copyOf(order, most);
    Arrays.sort(sample);
    return sample;
  }
}
