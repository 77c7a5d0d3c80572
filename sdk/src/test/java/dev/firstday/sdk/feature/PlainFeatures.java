package dev.firstday.sdk.feature;

import dev.firstday.api.DatasetSpec.Type;
import java.util.stream.IntStream;

/** Features for tests that ask for nothing but a number of inputs. */
public final class PlainFeatures {
  private PlainFeatures() {}

  /** So many numbers, x0, x1 and on, each an input as it is. */
  public static Features of(int inputs) {
    return new Features(
        IntStream.range(0, inputs)
            .<Encoder>mapToObj(i -> new NumericEncoder("x" + i, Type.DOUBLE, 0, 1, false))
            .toList());
  }
}
