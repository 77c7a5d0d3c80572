package dev.firstday.operator.trainingjob;

import dev.firstday.api.TrainingJobStatus;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.worker.RunStep;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a pass does.
 *
 * @param step where the run stands, and the Jobs it no longer needs
 * @param start the Job to make, if any
 * @param wakeUp when to look again, unless something happens before
 */
record TrainingJobPlan(
    RunStep step,
    List<Job> start,
    Optional<Instant> wakeUp,
    TrainingJobStatus status,
    List<EventDraft> events) {}
