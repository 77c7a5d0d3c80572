package dev.firstday.server.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.server.v2.ProtocolException;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicroBatcherTest {
  private static final int WIDTH = 2;
  private static final int MAX_WAITING_ROWS = 400;

  private final List<Integer> batches = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final MicroBatcher batcher =
      new MicroBatcher(
          this::twice, WIDTH, MAX_WAITING_ROWS, new PredictorMetrics(new CollectorRegistry()));

  @AfterEach
  void close() {
    goOn.countDown();
    batcher.close();
  }

  /** A network that is held up in its first batch, and fails on a negative input. */
  private double[][] twice(float[] inputs, int rows) {
    batches.add(rows);
    begun.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    double[][] answers = new double[rows][1];
    for (int row = 0; row < rows; row++) {
      if (inputs[row * WIDTH] < 0) {
        throw new IllegalArgumentException("negative");
      }
      answers[row][0] = 2 * inputs[row * WIDTH];
    }
    return answers;
  }

  private CompletableFuture<double[][]> submit(int rows, float value) {
    float[] values = new float[rows * WIDTH];
    for (int row = 0; row < rows; row++) {
      values[row * WIDTH] = value + row;
    }
    return batcher.submit(new Inputs(values, rows));
  }

  private static double[][] get(CompletableFuture<double[][]> answer) throws Exception {
    return answer.get(60, TimeUnit.SECONDS);
  }

  @Test
  void whatWaitsRunsTogetherAndEachGetsItsOwn() throws Exception {
    CompletableFuture<double[][]> first = submit(1, 5);
    begun.await();
    List<CompletableFuture<double[][]>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(submit(1 + i % 3, 100 * i));
    }
    goOn.countDown();

    assertThat(get(first)).isDeepEqualTo(new double[][] {{10}});
    for (int i = 0; i < 20; i++) {
      double[][] answer = get(waiting.get(i));
      assertThat(answer).hasNumberOfRows(1 + i % 3);
      for (int row = 0; row < answer.length; row++) {
        assertThat(answer[row][0]).isEqualTo(2 * (100 * i + row));
      }
    }
    assertThat(batches).containsExactly(1, 39);
  }

  @Test
  void aBatchIsBounded() throws Exception {
    goOn.countDown();

    double[][] answer = get(submit(600, 1));

    assertThat(answer).hasNumberOfRows(600);
    assertThat(answer[599][0]).isEqualTo(1200);
    assertThat(batches).containsExactly(256, 256, 88);
  }

  @Test
  void aRequestThatWouldMakeABatchTooLargeWaitsForTheNext() throws Exception {
    CompletableFuture<double[][]> first = submit(1, 1);
    begun.await();
    CompletableFuture<double[][]> second = submit(200, 1);
    CompletableFuture<double[][]> third = submit(100, 1);
    goOn.countDown();

    get(first);
    get(second);
    assertThat(get(third)).hasNumberOfRows(100);
    assertThat(batches).containsExactly(1, 200, 100);
  }

  @Test
  void tooManyWaitingRowsAreRefused() throws Exception {
    submit(1, 1);
    begun.await();
    CompletableFuture<double[][]> waiting = submit(MAX_WAITING_ROWS + 1, 1);

    assertThatThrownBy(() -> get(submit(1, 1)))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.status()).isEqualTo(503));
    goOn.countDown();
    get(waiting);
    assertThat(get(submit(1, 1))).hasNumberOfRows(1);
  }

  @Test
  void aBatchThatFailsHurtsNoOther() throws Exception {
    goOn.countDown();

    assertThatThrownBy(() -> get(submit(1, -1))).hasMessageContaining("negative");
    assertThat(get(submit(1, 3))).isDeepEqualTo(new double[][] {{6}});
  }

  @Test
  void whatIsQuickRunsWhereItIsAskedForAndFailsThere() {
    Thread caller = Thread.currentThread();
    MicroBatcher.Network quick =
        new MicroBatcher.Network() {
          @Override
          public double[][] predict(float[] inputs, int rows) {
            assertThat(Thread.currentThread() == caller).isEqualTo(rows == 1);
            if (inputs[0] < 0) {
              throw new IllegalArgumentException("negative");
            }
            return new double[rows][1];
          }

          @Override
          public boolean isQuick(int rows) {
            return rows == 1;
          }
        };
    try (MicroBatcher atOnce =
        new MicroBatcher(
            quick, WIDTH, MAX_WAITING_ROWS, new PredictorMetrics(new CollectorRegistry()))) {
      assertThat(atOnce.submit(new Inputs(new float[] {1, 1}, 1))).isCompleted();
      assertThat(atOnce.submit(new Inputs(new float[] {-1, 1}, 1))).isCompletedExceptionally();
      assertThat(atOnce.submit(new Inputs(new float[] {1, 1, 2, 2}, 2)))
          .succeedsWithin(Duration.ofSeconds(20));
    }
  }
}
