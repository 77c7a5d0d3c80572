package dev.firstday.operator.model;

import dev.firstday.api.Dataset;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.TrainingJob;
import dev.firstday.operator.worker.WorkerObservation;
import java.time.Instant;
import java.util.List;

/**
 * What a pass sees beside the model itself.
 *
 * @param trainings the training jobs that feed it, or did
 * @param deployments those that serve it
 * @param datasets those that its versions learnt from
 */
record ModelObservation(
    WorkerObservation workers,
    List<TrainingJob> trainings,
    List<ModelDeployment> deployments,
    List<Dataset> datasets,
    Instant now) {}
