package dev.firstday.sdk.model;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.Network.Loss;
import dev.firstday.contract.LabelLosses;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import java.util.List;

/** The loss of what is predicted. */
public final class Losses {
  private Losses() {}

  /**
   * The loss that the labels ask for.
   *
   * @param labels of a data set; at least one
   * @throws RunFailure when such labels cannot be predicted
   */
  public static Loss of(List<DatasetSpec.Column> labels) {
    require(labels, null, Cure.FIX_DATA);
    return LabelLosses.fitting(labels).get(0);
  }

  /**
   * @throws RunFailure when the declared loss does not go with the labels
   */
  public static Loss checked(List<DatasetSpec.Column> labels, Loss declared) {
    require(labels, declared, Cure.FIX_SPEC);
    return declared;
  }

  private static void require(List<DatasetSpec.Column> labels, Loss declared, Cure cure) {
    LabelLosses.problem(labels, declared)
        .ifPresent(
            problem -> {
              throw new RunFailure(problem.reason(), problem.message(), cure);
            });
  }
}
