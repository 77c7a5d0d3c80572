package dev.firstday.contract;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.TrainingJobSpec.MetricName;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which losses go with which label, and what a model with that loss is measured by. */
public final class LabelLosses {
  /** More labels of a row are no longer one number that is exact: see the task that has several. */
  public static final int MOST_LABELS = 50;

  private LabelLosses() {}

  /** The same for all labels of a data set: several are yes or no, each for itself. */
  public static List<Loss> fitting(List<DatasetSpec.Column> labels) {
    return labels.size() > 1 ? List.of(Loss.BINARY_CROSS_ENTROPY) : fitting(labels.get(0).type());
  }

  /** The first is the one when none is declared; none: such a label cannot be predicted. */
  private static List<Loss> fitting(DatasetSpec.Type label) {
    return switch (label) {
      case BOOLEAN -> List.of(Loss.BINARY_CROSS_ENTROPY);
      case VARCHAR -> List.of(Loss.CATEGORICAL_CROSS_ENTROPY);
      case DOUBLE -> List.of(Loss.MEAN_SQUARED_ERROR, Loss.MEAN_ABSOLUTE_ERROR);
      case INTEGER, BIGINT ->
          List.of(
              Loss.MEAN_SQUARED_ERROR, Loss.MEAN_ABSOLUTE_ERROR, Loss.CATEGORICAL_CROSS_ENTROPY);
      case DATE, TIMESTAMP -> List.of();
    };
  }

  /** The metrics of the validation split. */
  public static Set<MetricName> metrics(Loss loss) {
    return switch (loss) {
      case BINARY_CROSS_ENTROPY ->
          EnumSet.of(MetricName.LOG_LOSS, MetricName.AUC, MetricName.ACCURACY, MetricName.BRIER);
      case CATEGORICAL_CROSS_ENTROPY -> EnumSet.of(MetricName.LOG_LOSS, MetricName.ACCURACY);
      case MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR ->
          EnumSet.of(MetricName.RMSE, MetricName.MAE, MetricName.R2);
    };
  }

  /** The metrics of several labels: means over the labels, but for whole sets. */
  public static Set<MetricName> metricsOfSeveral() {
    return EnumSet.of(
        MetricName.LOG_LOSS,
        MetricName.MACRO_AUC,
        MetricName.MACRO_F1,
        MetricName.MICRO_F1,
        MetricName.HAMMING_LOSS,
        MetricName.SUBSET_ACCURACY);
  }

  /** The metrics of the labels of a data set. */
  public static Set<MetricName> metrics(List<DatasetSpec.Column> labels, Loss loss) {
    return labels.size() > 1 ? metricsOfSeveral() : metrics(loss);
  }

  /** The labels in a message: the label y, or the 3 labels. */
  public static String words(List<DatasetSpec.Column> labels) {
    return labels.size() > 1
        ? "the %d labels".formatted(labels.size())
        : "the label " + labels.get(0).name();
  }

  /**
   * What speaks against learning the labels by that loss.
   *
   * @param labels of a data set; at least one
   * @param declared null: the loss that they ask for
   */
  public static Optional<Problem> problem(List<DatasetSpec.Column> labels, Loss declared) {
    return labels.size() > 1 ? ofSeveral(labels, declared) : ofOne(labels.get(0), declared);
  }

  private static Optional<Problem> ofSeveral(List<DatasetSpec.Column> labels, Loss declared) {
    if (labels.size() > MOST_LABELS) {
      return Optional.of(
          new Problem(
              "LabelInvalid",
              "the data set has %d labels, and %d is the most: train a model for each part of them"
                  .formatted(labels.size(), MOST_LABELS)));
    }
    Optional<Problem> noBoolean =
        labels.stream()
            .filter(label -> label.type() != DatasetSpec.Type.BOOLEAN)
            .findFirst()
            .map(
                label ->
                    new Problem(
                        "LabelInvalid",
                        "label %s is a %s, and of several labels each is a BOOLEAN: cast it in the data set's transform, or give other columns another role"
                            .formatted(label.name(), label.type())));
    return noBoolean.or(
        () ->
            declared == null || declared == Loss.BINARY_CROSS_ENTROPY
                ? Optional.empty()
                : Optional.of(
                    new Problem(
                        "LossDoesNotFit",
                        "spec.network.loss: %s does not go with several labels; use binaryCrossEntropy"
                            .formatted(Contract.name(declared)))));
  }

  private static Optional<Problem> ofOne(DatasetSpec.Column label, Loss declared) {
    List<Loss> fitting = fitting(label.type());
    if (fitting.isEmpty()) {
      return Optional.of(
          new Problem(
              "LabelInvalid",
              "label %s is a %s, which cannot be predicted: cast it in the data set's transform, as to a number of days"
                  .formatted(label.name(), label.type())));
    }
    return declared == null || fitting.contains(declared)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "LossDoesNotFit",
                "spec.network.loss: %s does not go with the %s label %s; use %s"
                    .formatted(
                        Contract.name(declared),
                        label.type(),
                        label.name(),
                        String.join(" or ", fitting.stream().map(Contract::name).toList()))));
  }
}
