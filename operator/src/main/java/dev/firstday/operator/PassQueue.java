package dev.firstday.operator;

import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes that wait for a thread: those who take them take the newest and the oldest by turns. After
 * a start all resources there are wait, and one that is made then would come last; so it comes
 * next, and no other waits for more than twice as long as in a plain queue.
 */
final class PassQueue extends LinkedBlockingDeque<Runnable> {
  private static final long serialVersionUID = 1;

  private final AtomicInteger turns = new AtomicInteger();

  /** What the threads of a pool of fixed size wait in. */
  @Override
  public Runnable take() throws InterruptedException {
    return turns.incrementAndGet() % 2 == 0 ? takeFirst() : takeLast();
  }
}
