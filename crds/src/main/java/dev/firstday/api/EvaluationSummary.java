package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * What of a version's evaluation there is room for in a status: for those who may read the API
 * server and not S3. The whole lies in S3. Whatever did not fit is null.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvaluationSummary(
    @JsonPropertyDescription("Where the report lies: s3://bucket/key, an HTML file.") String report,
    @JsonPropertyDescription("Rows of the validation split.") Integer rows,
    @JsonPropertyDescription("Which class was taken for which; of up to four classes.")
        Confusion confusion,
    @JsonPropertyDescription("Of several labels, those with the least area under the ROC curve.")
        List<Label> labels,
    @JsonPropertyDescription(
            "The ROC: recall where 10 %, 20 % ... 90 % of the true no are taken for a yes.")
        List<Double> recalls,
    @JsonPropertyDescription(
            "Precision where 10 %, 20 % ... 100 % of the true yes are found: that of the highest threshold that finds as many.")
        List<Double> precisions,
    @JsonPropertyDescription("Whether answers mean what they say.") Calibration calibration,
    @JsonPropertyDescription("The loss by epoch.") Loss loss,
    @JsonPropertyDescription("Parts of the validation split.") Slices slices,
    @JsonPropertyDescription("The most important columns, the first one most.")
        List<Importance> importance) {

  /** The same without what needs most room and tells least; null when there is nothing left. */
  public EvaluationSummary shorter() {
    if (slices != null) {
      return with(confusion, calibration, slices.shorter(), importance);
    }
    if (importance != null) {
      return with(confusion, calibration, null, null);
    }
    if (calibration != null) {
      return with(confusion, null, null, null);
    }
    if (rows != null) {
      return new EvaluationSummary(report, null, null, null, null, null, null, null, null, null);
    }
    return null;
  }

  private EvaluationSummary with(
      Confusion confusion, Calibration calibration, Slices slices, List<Importance> importance) {
    return new EvaluationSummary(
        report,
        rows,
        confusion,
        labels,
        recalls,
        precisions,
        calibration,
        loss,
        slices,
        importance);
  }

  /** Which class was taken for which. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Confusion(
      @JsonPropertyDescription("The classes, as text.") List<String> classes,
      @JsonPropertyDescription(
              "For each true class how many rows were answered with each class, one true class after the other.")
          List<Integer> rows) {}

  /** One of several labels. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Label(
      @JsonPropertyDescription("The column.") String label,
      @JsonPropertyDescription("Rows that have it and were answered with it.") Integer hits,
      @JsonPropertyDescription("Rows that were answered with it and do not have it.")
          Integer falseAlarms,
      @JsonPropertyDescription("Rows that have it and were not answered with it.") Integer misses,
      @JsonPropertyDescription("Area under its ROC curve.") Double auc,
      @JsonPropertyDescription("Harmonic mean of its precision and recall.") Double f1) {}

  /** Rows by what was answered. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Calibration(
      @JsonPropertyDescription("Mean distance of answer and label.") Double error,
      @JsonPropertyDescription("Mean answer of each group.") List<Double> predicted,
      @JsonPropertyDescription("Mean label, or share that was right, of each group.")
          List<Double> observed,
      @JsonPropertyDescription("Rows of each group.") List<Integer> rows) {}

  /** The loss by epoch. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Loss(
      @JsonPropertyDescription("Some epochs, in order.") List<Integer> epochs,
      @JsonPropertyDescription("The training split's loss in each.") List<Double> training,
      @JsonPropertyDescription("The validation split's loss after each.")
          List<Double> validation) {}

  /** Parts of the validation split. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Slices(
      @JsonPropertyDescription("What they are measured by.") TrainingJobSpec.MetricName metric,
      @JsonPropertyDescription("Its value on all rows.") Double whole,
      @JsonPropertyDescription("How many parts of the inputs were looked at to find the worst.")
          Integer looked,
      @JsonPropertyDescription(
              "The worst parts of the columns that the spec names, the worst first.")
          List<Slice> declared,
      @JsonPropertyDescription(
              "The worst parts found among the inputs; their intervals hold for all that were looked at together.")
          List<Slice> worst) {

    private Slices shorter() {
      if (!declared.isEmpty() && declared.size() >= worst.size()) {
        return with(declared.subList(0, declared.size() - 1), worst);
      }
      return worst.size() > 1 || !declared.isEmpty()
          ? with(declared, worst.subList(0, worst.size() - 1))
          : null;
    }

    private Slices with(List<Slice> declared, List<Slice> worst) {
      return new Slices(metric, whole, looked, declared, worst);
    }
  }

  /** One part. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Slice(
      @JsonPropertyDescription("Column and value, as carrier: UA.") String slice,
      @JsonPropertyDescription("How many rows it has.") Integer rows,
      @JsonPropertyDescription("The metric on them.") Double score,
      @JsonPropertyDescription("Where its interval begins.") Double lower,
      @JsonPropertyDescription("Where it ends.") Double upper) {}

  /** One column. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Importance(
      @JsonPropertyDescription("The column.") String column,
      @JsonPropertyDescription(
              "By how much the metric gets worse when its values are shuffled among the rows.")
          Double worse) {}
}
