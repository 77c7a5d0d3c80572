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
 * @param areReadable false: a resource beside it cannot be read, so that nobody knows what it uses
 */
record ModelObservation(
    WorkerObservation workers,
    List<TrainingJob> trainings,
    List<ModelDeployment> deployments,
    List<Dataset> datasets,
    boolean areReadable,
    Instant now) {}
