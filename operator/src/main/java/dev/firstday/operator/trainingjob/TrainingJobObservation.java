package dev.firstday.operator.trainingjob;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.operator.worker.WorkerObservation;
import java.time.Instant;
import java.util.List;

/**
 * What a pass sees beside the training job itself.
 *
 * @param datasets the one that the spec names, if it exists
 * @param models the one that the spec names, if it exists
 */
record TrainingJobObservation(
    WorkerObservation workers, List<Dataset> datasets, List<Model> models, Instant now) {}
