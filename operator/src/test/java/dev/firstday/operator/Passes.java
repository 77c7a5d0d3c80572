package dev.firstday.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Waits until an operator has nothing more to do. It is asked how many passes there were only once
 * its processor time says so: metrics of thousands of resources are tens of megabytes, whose making
 * would take longer than the passes.
 */
final class Passes {
  private static final Pattern COUNT =
      Pattern.compile(
          "firstday_reconciliations_total\\{controller=\"[a-z]+\",outcome=\"([a-z]+)\",?} (\\S+)");

  private static final Duration LOOK = Duration.ofMillis(250);

  /** Processor time from one look to the next; renewing a Lease takes less. */
  private static final Duration BUSY = Duration.ofMillis(30);

  /** For so long it is not busy, before its work counts as done. */
  private static final Duration QUIET = Duration.ofSeconds(5);

  private final OperatorProcess operator;
  private final int atLeast;
  private Duration used = Duration.ZERO;
  private long busy = System.nanoTime();

  private Passes(OperatorProcess operator, int atLeast) {
    this.operator = operator;
    this.atLeast = atLeast;
  }

  /**
   * Waits for that many passes at least, and then until there are no more.
   *
   * @return when it was busy last, as {@link System#nanoTime}
   */
  static long awaitEnd(OperatorProcess operator, int atLeast) {
    Passes passes = new Passes(operator, atLeast);
    await()
        .pollInterval(LOOK)
        .atMost(Duration.ofMinutes(3).plusMillis(40L * atLeast))
        .until(passes::areOver);
    return passes.busy;
  }

  /** How many there were so far; fails if one of them did. */
  static long count(OperatorProcess operator) throws InterruptedException {
    long seen = 0;
    Matcher counts = COUNT.matcher(operator.metrics());
    while (counts.find()) {
      long passes = (long) Double.parseDouble(counts.group(2));
      seen += passes;
      assertThat(counts.group(1).equals("error") ? passes : 0).as("passes that failed").isZero();
    }
    return seen;
  }

  private boolean areOver() throws InterruptedException {
    assertThat(operator.process().isAlive()).as("the operator is alive").isTrue();
    Duration now = operator.process().info().totalCpuDuration().orElseThrow();
    if (now.minus(used).compareTo(BUSY) > 0) {
      busy = System.nanoTime();
    }
    used = now;
    if (System.nanoTime() - busy < QUIET.toNanos()) {
      return false;
    }
    if (count(operator) >= atLeast) {
      return true;
    }
    // it waits for something, say for the Lease
    busy = System.nanoTime();
    return false;
  }
}
