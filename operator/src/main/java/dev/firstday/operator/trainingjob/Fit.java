package dev.firstday.operator.trainingjob;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.contract.TrainingRules;
import dev.firstday.operator.kube.Standing;

/** Whether the spec fits the data set, so that no pod starts only to say that it does not. */
final class Fit {
  private Fit() {}

  /** The inputs, unless the spec does not fit them. */
  static Inputs checked(Inputs inputs, TrainingJobSpec spec, Dataset dataset) {
    if (!(inputs instanceof Inputs.Resolved resolved && isOfSpec(resolved.dataset(), dataset))) {
      return inputs;
    }
    return TrainingRules.of(spec)
        .problem(dataset.getSpec().columns(), dataset.getStatus().latest().trainRows())
        .map(problem -> Inputs.stalled(problem.reason(), problem.message()))
        .orElse(inputs);
  }

  /**
   * Whether the version has the columns that the data set's spec names now. Of any other version
   * only its manifest knows, which the pod reads.
   */
  private static boolean isOfSpec(DatasetVersionReference version, Dataset dataset) {
    DatasetStatus status = dataset.getStatus();
    return status.latest() != null
        && status.latest().number() == version.number()
        && status.refused() == null
        && !Inputs.isUnseen(dataset)
        && status.holds(Standing.READY)
        && !status.holds(Standing.SUSPENDED);
  }
}
