package dev.firstday.sdk.evaluation;

import dev.firstday.sdk.model.Task;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How one of several labels does; yes is what has a probability of at least a half.
 *
 * @param label the column
 * @param hits rows that have it and were answered with it
 * @param falseAlarms rows that were answered with it and do not have it
 * @param misses rows that have it and were not answered with it
 * @param rest rows that neither have it nor were answered with it
 * @param averagePrecision as of {@link RankCurve}
 * @param calibrationError as of {@link Calibration}
 */
public record LabelScore(
    String label,
    int hits,
    int falseAlarms,
    int misses,
    int rest,
    double auc,
    double averagePrecision,
    double f1,
    double calibrationError) {

  /** Of each label, in the order of the outputs. */
  static List<LabelScore> of(Task.MultiLabel task, double[][] answers, double[] sets) {
    LabelCounts counts = LabelCounts.of(task, answers, sets);
    return IntStream.range(0, task.outputs())
        .mapToObj(place -> of(task, answers, sets, counts, place))
        .toList();
  }

  private static LabelScore of(
      Task.MultiLabel task, double[][] answers, double[] sets, LabelCounts counts, int place) {
    int hits = counts.hits()[place];
    int falseAlarms = counts.falseAlarms()[place];
    int misses = counts.misses()[place];
    return new LabelScore(
        task.labels().get(place),
        hits,
        falseAlarms,
        misses,
        sets.length - hits - falseAlarms - misses,
        Metrics.auc(Metrics.column(answers, place), Metrics.truths(sets, place)),
        RankCurve.of(task, answers, sets, place).averagePrecision(),
        counts.f1(place),
        Calibration.ofLabels(answers, sets, place).error());
  }
}
