package dev.firstday.trainer.train.lstm;

import dev.firstday.trainer.train.blas.Blas;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * An LSTM on all processors. A batch is divided by its size and not by the number of processors,
 * and the parts' gradients are added in one order: so the numbers are the same on any machine whose
 * BLAS has the same kernels.
 */
final class LstmParts implements AutoCloseable {
  private static final int ROWS_OF_A_PART = 32;
  private static final int MOST_PARTS = 16;

  private final ForkJoinPool pool;
  private List<LstmPart> parts = List.of();

  /** Parts of the last pass forward. */
  private int used;

  LstmParts(ForkJoinPool pool) {
    this.pool = pool;
  }

  /** What the layer answers to all rows. */
  void forward(LstmWeights weights, Sequences from, Sequences to) {
    used = Math.min(MOST_PARTS, (from.rows() + ROWS_OF_A_PART - 1) / ROWS_OF_A_PART);
    int capacity = (from.rows() + used - 1) / used;
    if (parts.size() < used || !parts.get(0).fits(capacity, from.steps())) {
      close();
      parts =
          IntStream.range(0, used)
              .mapToObj(i -> new LstmPart(capacity, from.steps(), from.units(), to.units()))
              .toList();
    }
    each(from.rows(), (part, first, rows) -> part.forward(weights, from, to, first, rows));
  }

  /**
   * Back from the last pass forward.
   *
   * @param from slopes of the loss at what the layer answered
   * @param to afterwards the slopes at what it was given
   * @param gradient afterwards the sum over all rows
   */
  void back(LstmWeights weights, Sequences from, Sequences to, LstmWeights gradient) {
    each(from.rows(), (part, first, rows) -> part.back(weights, from, to, first));
    for (int i = 0; i < used; i++) {
      add(parts.get(i).gradient().inputs(), gradient.inputs(), i == 0);
      add(parts.get(i).gradient().recurrent(), gradient.recurrent(), i == 0);
      add(parts.get(i).gradient().biases(), gradient.biases(), i == 0);
    }
  }

  private static void add(List<FloatPointer> numbers, List<FloatPointer> sums, boolean isFirst) {
    for (int gate = 0; gate < LstmWeights.GATES; gate++) {
      if (isFirst) {
        Pointer.memcpy(sums.get(gate), numbers.get(gate), sums.get(gate).capacity() * Float.BYTES);
      } else {
        Blas.add(numbers.get(gate), sums.get(gate));
      }
    }
  }

  private interface Work {
    void accept(LstmPart part, int first, int rows);
  }

  private void each(int rows, Work work) {
    pool.submit(
            () ->
                IntStream.range(0, used)
                    .parallel()
                    .forEach(
                        i -> {
                          int first = (int) ((long) rows * i / used);
                          int behind = (int) ((long) rows * (i + 1) / used);
                          work.accept(parts.get(i), first, behind - first);
                        }))
        .join();
  }

  @Override
  public void close() {
    parts.forEach(LstmPart::close);
    parts = List.of();
  }
}
