package dev.firstday.operator.dataset;

import dev.firstday.operator.worker.WorkerObservation;
import java.time.Instant;

/** What a pass sees beside the data set itself. */
record DatasetObservation(WorkerObservation workers, Instant now) {}
