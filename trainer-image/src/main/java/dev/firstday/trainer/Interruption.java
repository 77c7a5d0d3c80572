package dev.firstday.trainer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The pod is told to end: it is drained, preempted, or its Job was deleted. Work that can be left
 * well asks for this now and then; other work ends where it is.
 */
public final class Interruption {
  /** The kubelet kills the pod 30 s after it told it to end. */
  private static final int LEAVE_SECONDS = 25;

  private final CountDownLatch left = new CountDownLatch(1);
  private volatile boolean asked;
  private volatile boolean heeded;

  /** One that nobody asks for until {@link #ask} is called. */
  public Interruption() {}

  /** Says that whoever calls this will ask {@link #isAsked} soon, again and again. */
  public void heed() {
    heeded = true;
  }

  /** Whether to leave now. */
  public boolean isAsked() {
    return asked;
  }

  /** Asks to leave. */
  public void ask() {
    asked = true;
  }

  /** Work is left, or done. */
  void left() {
    left.countDown();
  }

  /** Keeps the process that SIGTERM ends until work is left, or 25 s; for a shutdown hook. */
  void askAndWait() {
    ask();
    if (!heeded) {
      return;
    }
    try {
      if (!left.await(LEAVE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(
            "told to end, and work could not be left within " + LEAVE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
