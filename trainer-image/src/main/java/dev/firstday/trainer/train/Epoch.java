package dev.firstday.trainer.train;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.evaluation.Gates;
import java.util.Locale;

/**
 * What an epoch gave.
 *
 * @param number counted from 1
 * @param of how many there are at most
 * @param loss mean over the epoch's batches, with penalties
 * @param metric what is watched
 * @param value of the metric on the validation split
 * @param best whether it is kept for being the best so far
 * @param samplesPerSecond rows learnt from in a second
 */
record Epoch(
    int number,
    int of,
    double loss,
    MetricName metric,
    double value,
    boolean best,
    double samplesPerSecond) {
  private static final int BAR = 20;

  /** A line for people. */
  String line() {
    int filled = BAR * number / of;
    return String.format(
        Locale.ROOT,
        "epoch %d/%d [%s%s] loss %.4f, validation %s%s, %,.0f rows/s",
        number,
        of,
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        loss,
        Gates.headline(metric, value),
        best ? " (best)" : "",
        samplesPerSecond);
  }
}
