package dev.firstday.operator.trainingjob;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.contract.TrainingReport;
import dev.firstday.operator.worker.WorkerObservation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a pass sees beside the training job itself.
 *
 * @param datasets the one that the spec names, if it exists
 * @param models the one that the spec names, if it exists
 * @param others the names that there are, where the one in the spec is not among them
 * @param report what the trainer's pod says of itself; empty: it was not asked, or does not say
 */
record TrainingJobObservation(
    WorkerObservation workers,
    List<Dataset> datasets,
    List<Model> models,
    Others others,
    Optional<TrainingReport> report,
    Instant now) {

  /**
   * What names that are not there may have been meant for.
   *
   * @param datasets empty where the one that is named is there
   * @param models the same
   */
  record Others(List<String> datasets, List<String> models) {}
}
