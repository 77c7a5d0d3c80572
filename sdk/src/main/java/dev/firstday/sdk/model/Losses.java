package dev.firstday.sdk.model;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.Network.Loss;
import dev.firstday.contract.LabelLosses;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;

/** The loss of a label. */
public final class Losses {
  private Losses() {}

  /**
   * The loss that the label's type asks for.
   *
   * @throws RunFailure when such a label cannot be predicted
   */
  public static Loss of(DatasetSpec.Column label) {
    require(label, null, Cure.FIX_DATA);
    return LabelLosses.fitting(label.type()).get(0);
  }

  /**
   * @throws RunFailure when the declared loss does not go with the label
   */
  public static Loss checked(DatasetSpec.Column label, Loss declared) {
    require(label, declared, Cure.FIX_SPEC);
    return declared;
  }

  private static void require(DatasetSpec.Column label, Loss declared, Cure cure) {
    LabelLosses.problem(label, declared)
        .ifPresent(
            problem -> {
              throw new RunFailure(problem.reason(), problem.message(), cure);
            });
  }
}
