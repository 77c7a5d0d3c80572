package dev.firstday.sdk.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstday.sdk.model.Task;
import java.util.List;

/**
 * What lies behind a model's metrics, all of it on the validation split.
 *
 * @param resamples how many the metrics' intervals are made of
 * @param resampledRows how many rows each of them has
 * @param linear how the linear model was fitted
 * @param confusion which class was taken for which; none for numbers and for several labels
 * @param labels how each of several labels does; none otherwise
 * @param curves for thresholds of a probability; none for numbers and for many classes or labels
 * @param calibration whether answers mean what they say
 * @param loss by epoch
 * @param slices parts of the split
 * @param importance of the columns
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Details(
    int resamples,
    int resampledRows,
    LinearFit linear,
    Confusion confusion,
    List<LabelScore> labels,
    List<RankCurve> curves,
    Calibration calibration,
    LossCurve loss,
    Slices slices,
    Importance importance) {

  /**
   * @param answers for each row the task's outputs
   * @param labels for each row 0 or 1, the class's index, the number, or the set of labels
   */
  public static Details of(
      Task task,
      double[][] answers,
      double[] labels,
      Bootstrap bootstrap,
      LinearFit linear,
      LossCurve loss,
      Slices slices,
      Importance importance) {
    return new Details(
        bootstrap.resamples(),
        bootstrap.rows(),
        linear,
        confusion(task, answers, labels),
        task instanceof Task.MultiLabel several ? LabelScore.of(several, answers, labels) : null,
        RankCurve.of(task, answers, labels),
        Calibration.of(task, answers, labels),
        loss,
        slices,
        importance);
  }

  private static Confusion confusion(Task task, double[][] answers, double[] labels) {
    if (task instanceof Task.Binary binary) {
      return Confusion.of(binary, answers, labels);
    }
    return task instanceof Task.Classes classes ? Confusion.of(classes, answers, labels) : null;
  }

  /**
   * @param rows of the training split that it was fitted to
   * @param passes over them
   */
  public record LinearFit(int rows, int passes) {}
}
