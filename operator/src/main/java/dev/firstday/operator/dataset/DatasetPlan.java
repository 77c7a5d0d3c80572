package dev.firstday.operator.dataset;

import dev.firstday.api.DatasetStatus;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.worker.RunStep;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;

/**
 * What a pass does.
 *
 * @param step where the run stands, the Jobs it no longer needs, and when to look again
 * @param start the Job to make, if any
 */
record DatasetPlan(RunStep step, List<Job> start, DatasetStatus status, List<EventDraft> events) {}
