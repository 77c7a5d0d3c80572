package dev.firstday.server.predict;

import dev.firstday.server.v2.ProtocolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs requests through the network on one thread, as many together as are waiting. It waits for no
 * one: a lone request runs alone, and batches grow by themselves when requests come faster than the
 * network answers. What is quick runs where it is asked for.
 */
final class MicroBatcher implements AutoCloseable {
  /** Rows that run together at most. */
  static final int MAX_BATCH_ROWS = 256;

  private final Network network;
  private final int width;
  private final int maxWaitingRows;
  private final PredictorMetrics metrics;
  private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger waitingRows = new AtomicInteger();
  private final Thread thread;

  /**
   * @param width inputs a row
   * @param maxWaitingRows more than that waiting: a request is refused
   */
  MicroBatcher(Network network, int width, int maxWaitingRows, PredictorMetrics metrics) {
    this.network = network;
    this.width = width;
    this.maxWaitingRows = maxWaitingRows;
    this.metrics = metrics;
    this.thread = new Thread(this::work, "inference");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** The forward pass. */
  interface Network {
    /**
     * @param inputs row after row
     */
    double[][] predict(float[] inputs, int rows);

    /**
     * Whether so many rows take less time than another thread takes to begin, and threads may share
     * the network.
     */
    default boolean isQuick(int rows) {
      return false;
    }
  }

  private record Job(Inputs inputs, CompletableFuture<double[][]> answer) {}

  /** Answers the rows; the future fails with 503 when too many rows are waiting already. */
  CompletableFuture<double[][]> submit(Inputs inputs) {
    return network.isQuick(inputs.rows()) ? atOnce(inputs) : enqueue(inputs);
  }

  private CompletableFuture<double[][]> atOnce(Inputs inputs) {
    metrics.batch(inputs.rows());
    try {
      return CompletableFuture.completedFuture(network.predict(inputs.values(), inputs.rows()));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<double[][]> enqueue(Inputs inputs) {
    if (waitingRows.getAndAdd(inputs.rows()) > maxWaitingRows) {
      waitingRows.addAndGet(-inputs.rows());
      return CompletableFuture.failedFuture(
          ProtocolException.unavailable("too many requests are waiting; try again in a second"));
    }
    Job job = new Job(inputs, new CompletableFuture<>());
    queue.add(job);
    return job.answer();
  }

  private void work() {
    try {
      Job carried = null;
      while (!thread.isInterrupted()) {
        List<Job> batch = new ArrayList<>();
        Job next = carried == null ? queue.take() : carried;
        carried = null;
        int rows = 0;
        while (next != null) {
          if (!batch.isEmpty() && rows + next.inputs().rows() > MAX_BATCH_ROWS) {
            carried = next;
            break;
          }
          batch.add(next);
          rows += next.inputs().rows();
          next = queue.poll();
        }
        run(batch, rows);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ProtocolException closed = ProtocolException.unavailable("the server is stopping");
    queue.forEach(job -> job.answer().completeExceptionally(closed));
  }

  private void run(List<Job> batch, int rows) {
    waitingRows.addAndGet(-rows);
    metrics.batch(rows);
    double[][] answers;
    try {
      answers = predict(join(batch, rows), rows);
    } catch (RuntimeException e) {
      batch.forEach(job -> job.answer().completeExceptionally(e));
      return;
    }
    int offset = 0;
    for (Job job : batch) {
      int end = offset + job.inputs().rows();
      job.answer().complete(Arrays.copyOfRange(answers, offset, end));
      offset = end;
    }
  }

  private float[] join(List<Job> batch, int rows) {
    if (batch.size() == 1) {
      return batch.get(0).inputs().values();
    }
    float[] joined = new float[rows * width];
    int offset = 0;
    for (Job job : batch) {
      float[] values = job.inputs().values();
      System.arraycopy(values, 0, joined, offset, values.length);
      offset += values.length;
    }
    return joined;
  }

  /** A request may be larger than a batch. */
  private double[][] predict(float[] inputs, int rows) {
    if (rows <= MAX_BATCH_ROWS) {
      return network.predict(inputs, rows);
    }
    double[][] answers = new double[rows][];
    for (int from = 0; from < rows; from += MAX_BATCH_ROWS) {
      int to = Math.min(rows, from + MAX_BATCH_ROWS);
      float[] part = Arrays.copyOfRange(inputs, from * width, to * width);
      System.arraycopy(network.predict(part, to - from), 0, answers, from, to - from);
    }
    return answers;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
