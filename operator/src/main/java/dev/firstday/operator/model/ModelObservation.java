package dev.firstday.operator.model;

import dev.firstday.api.TrainingJob;
import dev.firstday.operator.worker.WorkerObservation;
import java.time.Instant;
import java.util.List;

/**
 * What a pass sees beside the model itself.
 *
 * @param trainings the training jobs that feed it, or did
 */
record ModelObservation(WorkerObservation workers, List<TrainingJob> trainings, Instant now) {}
