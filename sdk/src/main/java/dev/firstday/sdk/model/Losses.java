package dev.firstday.sdk.model;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.Network.Loss;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import java.util.List;

/** Which losses go with which label. */
public final class Losses {
  private Losses() {}

  /** The loss that the label's type asks for. */
  public static Loss of(DatasetSpec.Column label) {
    return fitting(label).get(0);
  }

  /**
   * @throws RunFailure when the declared loss does not go with the label
   */
  public static Loss checked(DatasetSpec.Column label, Loss declared) {
    List<Loss> fitting = fitting(label);
    if (!fitting.contains(declared)) {
      throw new RunFailure(
          "LossDoesNotFit",
          "spec.network.loss: %s does not go with the %s label %s; use %s"
              .formatted(
                  name(declared),
                  label.type(),
                  label.name(),
                  String.join(" or ", fitting.stream().map(Losses::name).toList())),
          Cure.FIX_SPEC);
    }
    return declared;
  }

  /** The first is the one when none is declared. */
  private static List<Loss> fitting(DatasetSpec.Column label) {
    return switch (label.type()) {
      case BOOLEAN -> List.of(Loss.BINARY_CROSS_ENTROPY);
      case VARCHAR -> List.of(Loss.CATEGORICAL_CROSS_ENTROPY);
      case DOUBLE -> List.of(Loss.MEAN_SQUARED_ERROR, Loss.MEAN_ABSOLUTE_ERROR);
      case INTEGER, BIGINT ->
          List.of(
              Loss.MEAN_SQUARED_ERROR, Loss.MEAN_ABSOLUTE_ERROR, Loss.CATEGORICAL_CROSS_ENTROPY);
      case DATE, TIMESTAMP ->
          throw new RunFailure(
              "LabelInvalid",
              "label %s is a %s, which cannot be predicted: cast it in the data set's transform, as to a number of days"
                  .formatted(label.name(), label.type()),
              Cure.FIX_DATA);
    };
  }

  private static String name(Loss loss) {
    return Contract.write(loss).replace("\"", "");
  }
}
