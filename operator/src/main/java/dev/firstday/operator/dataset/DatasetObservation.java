package dev.firstday.operator.dataset;

import dev.firstday.operator.worker.WorkerObservation;
import java.time.Instant;

/**
 * What a pass sees beside the data set itself.
 *
 * @param pins the versions that other resources refer to
 */
record DatasetObservation(WorkerObservation workers, Pins pins, Instant now) {}
