package dev.firstday.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassQueueTest {
  @Test
  void theNewestAndTheOldestComeByTurns() {
    ThreadPoolExecutor one = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new PassQueue());
    try {
      CountDownLatch begin = new CountDownLatch(1);
      one.execute(() -> awaitUninterrupted(begin));
      List<Integer> done = new CopyOnWriteArrayList<>();
      IntStream.range(0, 6).forEach(i -> one.execute(() -> done.add(i)));
      begin.countDown();
      await().atMost(Duration.ofSeconds(30)).until(() -> done.size() == 6);
      assertThat(done).containsExactly(5, 0, 4, 1, 3, 2);
    } finally {
      one.shutdownNow();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
