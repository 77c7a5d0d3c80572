package dev.firstday.operator.trainingjob;

import dev.firstday.api.TrainingJobStatus;
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
record TrainingJobPlan(
    RunStep step, List<Job> start, TrainingJobStatus status, List<EventDraft> events) {}
