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
  private LabelLosses() {}

  /** The first is the one when none is declared; none: such a label cannot be predicted. */
  public static List<Loss> fitting(DatasetSpec.Type label) {
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

  /**
   * What speaks against learning the label by that loss.
   *
   * @param declared null: the loss that the label asks for
   */
  public static Optional<Problem> problem(DatasetSpec.Column label, Loss declared) {
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
