package dev.firstday.trainer.train;

import dev.firstday.contract.TrainingReport;
import dev.firstday.sdk.evaluation.Gates;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How far training has come, for whoever asks. Written by the thread that teaches, read by others.
 */
public final class ProgressBoard {
  private static final double NANOS = 1e9;

  private final LongSupplier nanoTime;
  private volatile TrainingReport last;

  /**
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public ProgressBoard(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The state of things; empty before the first step. */
  public Optional<TrainingReport> last() {
    return Optional.ofNullable(last);
  }

  /** Writes what it sees of that run on the board. */
  Watcher watch(String runUid) {
    return new Run(runUid);
  }

  private final class Run implements Watcher {
    private final String uid;
    private String validation;
    private int epoch;
    private long begin = nanoTime.getAsLong();
    private long rows;
    private int steps;
    private double lossSum;

    Run(String uid) {
      this.uid = uid;
    }

    @Override
    public void step(Step step) {
      if (step.epoch() != epoch) {
        // its first step has taken some time already, which nobody measured
        epoch = step.epoch();
        rows = 0;
        steps = 0;
        lossSum = 0;
      }
      rows += step.rows();
      steps++;
      lossSum += step.loss();
      double seconds = Math.max(1, nanoTime.getAsLong() - begin) / NANOS;
      long stepsLeft =
          (long) (step.epochs() - step.epoch()) * step.of() + step.of() - step.number();
      last =
          new TrainingReport(
              uid,
              step.epoch(),
              step.epochs(),
              step.number(),
              step.of(),
              lossSum / steps,
              validation,
              rows / seconds,
              Math.round(stepsLeft * seconds / steps));
    }

    @Override
    public void epoch(Epoch done) {
      validation = Gates.headline(done.metric(), done.value());
      begin = nanoTime.getAsLong();
    }
  }
}
