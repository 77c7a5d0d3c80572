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
 * @param report what the trainer's pod says of itself; empty: it was not asked, or does not say
 */
record TrainingJobObservation(
    WorkerObservation workers,
    List<Dataset> datasets,
    List<Model> models,
    Optional<TrainingReport> report,
    Instant now) {}
