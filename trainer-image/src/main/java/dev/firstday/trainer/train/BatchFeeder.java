package dev.firstday.trainer.train;

import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ObjIntConsumer;

/**
 * Prepares the next batch on a thread of its own while the network learns from the present one. Two
 * sets of arrays take turns, and a smaller one serves the rows that are left over at an epoch's
 * end.
 */
final class BatchFeeder implements AutoCloseable {
  private final TrainingRows rows;
  private final int batchSize;
  private final long seed;
  private final Batch[] full;
  private final Batch rest;
  private final ExecutorService filler;

  BatchFeeder(TrainingRows rows, int batchSize, long seed) {
    this.rows = rows;
    this.batchSize = Math.min(batchSize, rows.rows());
    this.seed = seed;
    this.full = new Batch[] {Batch.of(this.batchSize, rows), Batch.of(this.batchSize, rows)};
    int left = rows.rows() % this.batchSize;
    this.rest = left == 0 ? full[0] : Batch.of(left, rows);
    this.filler =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "batches");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Batches an epoch, the last one perhaps smaller. */
  int batches() {
    return (rows.rows() + batchSize - 1) / batchSize;
  }

  /** Rows in all batches but perhaps the last. */
  int batchSize() {
    return batchSize;
  }

  /**
   * One pass over all rows, in an order that the seed and the epoch decide.
   *
   * @param skipped how many batches are left out at the start
   * @param step gets each batch with its number, from 1
   */
  void epoch(int epoch, int skipped, ObjIntConsumer<Batch> step) {
    if (skipped == batches()) {
      return;
    }
    int[] order = shuffled(rows.rows(), new Random(seed * 1_000_003 + epoch));
    Future<Batch> next = fill(order, skipped);
    for (int number = skipped; number < batches(); number++) {
      Batch present = await(next);
      if (number + 1 < batches()) {
        next = fill(order, number + 1);
      }
      step.accept(present, number + 1);
    }
  }

  @Override
  public void close() {
    filler.shutdownNow();
  }

  private Future<Batch> fill(int[] order, int number) {
    int from = number * batchSize;
    Batch target = from + batchSize <= rows.rows() ? full[number % 2] : rest;
    return filler.submit(
        () -> {
          target.fill(rows, order, from);
          return target;
        });
  }

  private static Batch await(Future<Batch> batch) {
    try {
      return batch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a batch was prepared", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a batch could not be prepared", e.getCause());
    }
  }

  private static int[] shuffled(int rows, Random random) {
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
