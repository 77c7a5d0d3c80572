package dev.firstday.cli.local;

import dev.firstday.contract.Contract;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Plays the controller of batch/v1 Jobs with one completion: pod after pod until one succeeds, more
 * than {@code backoffLimit} have failed, or the deadline is over.
 */
final class JobController {
  private JobController() {}

  static List<Write> plan(ClusterView view) {
    List<Write> writes = new ArrayList<>();
    for (Job job : view.jobs()) {
      if (job.getMetadata().getDeletionTimestamp() == null) {
        writes.addAll(plan(job, view.podsOf(job), view.now()));
      }
    }
    return writes;
  }

  static List<Write> plan(Job job, List<Pod> pods, Instant now) {
    JobStatus status = job.getStatus() == null ? new JobStatus() : job.getStatus();
    if (isTrue(status, "Complete") || isTrue(status, "Failed")) {
      return afterTheEnd(job, status, now);
    }
    if (parallelism(job) > 1) {
      return withStatus(
          job,
          failed(status, now, 0, "OneCompletionOnly", "local mode runs Jobs of one pod at a time"));
    }
    List<Pod> active =
        pods.stream().filter(pod -> !Pods.isFinished(pod) && !Pods.isDeleted(pod)).toList();
    if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
      return suspended(job, status, active, now);
    }
    if (pods.stream().anyMatch(pod -> Pods.phase(pod).equals("Succeeded"))) {
      return withStatus(job, complete(status, now));
    }
    int failures = failures(status, pods, active);
    if (isOverdue(job, status, now)) {
      return deleting(
          active,
          withStatus(
              job,
              failed(
                  status,
                  now,
                  failures + active.size(),
                  "DeadlineExceeded",
                  "Job was active longer than specified deadline")));
    }
    if (failures > backoffLimit(job)) {
      return deleting(
          active,
          withStatus(
              job,
              failed(
                  status,
                  now,
                  failures,
                  "BackoffLimitExceeded",
                  "Job has reached the specified backoff limit")));
    }
    return running(job, status, active, failures, now);
  }

  private static List<Write> running(
      Job job, JobStatus status, List<Pod> active, int failures, Instant now) {
    List<Write> writes = new ArrayList<>();
    if (active.isEmpty()) {
      writes.add(new Write.CreatePod(pod(job, failures)));
    }
    JobStatus running =
        new JobStatusBuilder(status)
            .withStartTime(status.getStartTime() == null ? now.toString() : status.getStartTime())
            .withActive(1)
            .withReady((int) active.stream().filter(Pods::isReady).count())
            .withFailed(failures == 0 ? null : failures)
            .removeMatchingFromConditions(c -> c.getType().equals("Suspended"))
            .build();
    writes.addAll(withStatus(job, running));
    return writes;
  }

  private static List<Write> suspended(Job job, JobStatus status, List<Pod> active, Instant now) {
    JobStatusBuilder builder =
        new JobStatusBuilder(status).withStartTime(null).withActive(0).withReady(0);
    if (!isTrue(status, "Suspended")) {
      builder.addToConditions(condition("Suspended", "JobSuspended", "Job suspended", now));
    }
    return deleting(active, withStatus(job, builder.build()));
  }

  private static List<Write> afterTheEnd(Job job, JobStatus status, Instant now) {
    Integer timeToLive = job.getSpec().getTtlSecondsAfterFinished();
    if (timeToLive == null) {
      return List.of();
    }
    Instant end =
        status.getConditions().stream()
            .map(JobCondition::getLastTransitionTime)
            .map(Instant::parse)
            .max(Instant::compareTo)
            .orElse(now);
    return end.plusSeconds(timeToLive).isAfter(now) ? List.of() : List.of(new Write.DeleteJob(job));
  }

  /**
   * A pod that is being deleted has failed, and so has one that was started and is not to be found.
   */
  private static int failures(JobStatus status, List<Pod> pods, List<Pod> active) {
    int seen =
        (int)
            pods.stream()
                .filter(pod -> Pods.phase(pod).equals("Failed") || Pods.isDeleted(pod))
                .count();
    int recorded = number(status.getFailed());
    return Math.max(seen, active.isEmpty() ? recorded + number(status.getActive()) : recorded);
  }

  private static boolean isOverdue(Job job, JobStatus status, Instant now) {
    Long deadline = job.getSpec().getActiveDeadlineSeconds();
    return deadline != null
        && status.getStartTime() != null
        && !Instant.parse(status.getStartTime()).plusSeconds(deadline).isAfter(now);
  }

  private static Pod pod(Job job, int attempt) {
    String uid = job.getMetadata().getUid();
    String suffix =
        Contract.sha256((uid + "/" + attempt).getBytes(StandardCharsets.UTF_8)).substring(0, 5);
    String name = job.getMetadata().getName();
    return Pods.fromTemplate(
        job,
        job.getSpec().getTemplate(),
        name + "-" + suffix,
        Map.of(
            "job-name", name,
            "batch.kubernetes.io/job-name", name,
            "controller-uid", uid,
            "batch.kubernetes.io/controller-uid", uid));
  }

  private static JobStatus complete(JobStatus status, Instant now) {
    return new JobStatusBuilder(status)
        .withActive(0)
        .withReady(0)
        .withSucceeded(1)
        .withCompletionTime(now.toString())
        .addToConditions(
            condition(
                "Complete", "CompletionsReached", "Reached expected number of succeeded pods", now))
        .build();
  }

  private static JobStatus failed(
      JobStatus status, Instant now, int failures, String reason, String message) {
    return new JobStatusBuilder(status)
        .withActive(0)
        .withReady(0)
        .withFailed(failures)
        .addToConditions(condition("Failed", reason, message, now))
        .build();
  }

  private static JobCondition condition(String type, String reason, String message, Instant now) {
    return new JobConditionBuilder()
        .withType(type)
        .withStatus("True")
        .withReason(reason)
        .withMessage(message)
        .withLastProbeTime(now.toString())
        .withLastTransitionTime(now.toString())
        .build();
  }

  private static List<Write> deleting(List<Pod> pods, List<Write> others) {
    List<Write> writes = new ArrayList<>();
    pods.forEach(pod -> writes.add(new Write.DeletePod(pod)));
    writes.addAll(others);
    return writes;
  }

  private static List<Write> withStatus(Job job, JobStatus status) {
    return Objects.equals(job.getStatus(), status)
        ? List.of()
        : List.of(new Write.SetJobStatus(job, status));
  }

  private static boolean isTrue(JobStatus status, String type) {
    return status.getConditions().stream()
        .anyMatch(c -> c.getType().equals(type) && c.getStatus().equals("True"));
  }

  private static int parallelism(Job job) {
    Integer parallelism = job.getSpec().getParallelism();
    Integer completions = job.getSpec().getCompletions();
    return Math.max(parallelism == null ? 1 : parallelism, completions == null ? 1 : completions);
  }

  private static int backoffLimit(Job job) {
    Integer limit = job.getSpec().getBackoffLimit();
    return limit == null ? 6 : limit;
  }

  private static int number(Integer value) {
    return value == null ? 0 : value;
  }
}
