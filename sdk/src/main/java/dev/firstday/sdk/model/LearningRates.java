package dev.firstday.sdk.model;

import dev.firstday.api.RateSchedule;
import java.util.TreeMap;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The learning rate of each epoch. */
final class LearningRates {
  private LearningRates() {}

  /**
   * As DL4J takes it: by epoch, since DL4J's own schedules know neither cosine nor, so that it
   * could be stored, a rise at the start.
   *
   * @param epochs of the training
   */
  static ISchedule of(double rate, RateSchedule schedule, int epochs) {
    TreeMap<Integer, Double> changes = new TreeMap<>();
    double before = Double.NaN;
    for (int epoch = 0; epoch < epochs; epoch++) {
      double present = rate * share(schedule, epoch, epochs);
      if (present != before) {
        changes.put(epoch, present);
      }
      before = present;
    }
    return new MapSchedule(ScheduleType.EPOCH, changes);
  }

  /**
   * The part of the full rate that an epoch has.
   *
   * @param epoch counted from 0
   * @param epochs of the training
   */
  static double share(RateSchedule schedule, int epoch, int epochs) {
    int warmup = schedule.warmupEpochs() == null ? 0 : schedule.warmupEpochs();
    if (epoch < warmup) {
      // Goyal et al. 2017, "Accurate, Large Minibatch SGD", 2.2: gradual warm-up
      return (epoch + 1.0) / (warmup + 1);
    }
    int since = epoch - warmup;
    double done = (double) since / (epochs - warmup);
    return switch (schedule.type()) {
      case STEP -> Math.pow(schedule.factor(), since / schedule.everyEpochs());
      case EXPONENTIAL -> Math.pow(schedule.factor(), since);
      case LINEAR -> 1 - done;
      // Loshchilov and Hutter 2017, SGDR, without restarts
      case COSINE -> (1 + Math.cos(Math.PI * done)) / 2;
      case CONSTANT -> 1;
    };
  }
}
