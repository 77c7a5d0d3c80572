package dev.firstday.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobControllerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private static Job job(String spec, String status) {
    return Serialization.unmarshal(
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: train, namespace: team, uid: u-1}
        spec: %s
        status: %s
        """
            .formatted(spec, status),
        Job.class);
  }

  private static final String ONCE =
      "{backoffLimit: 0, template: {spec: {containers: [{name: main, image: i}]}}}";
  private static final String RUNNING = "{startTime: '2026-01-01T11:00:00Z', active: 1, ready: 0}";

  private static Pod pod(String phase) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("train-1")
        .endMetadata()
        .withNewStatus()
        .withPhase(phase)
        .endStatus()
        .build();
  }

  @Test
  void makesOnePodAndRecordsThatItDid() {
    List<Write> writes = JobController.plan(job(ONCE, "{}"), List.of(), NOW);

    assertThat(writes).hasSize(2);
    Pod pod = ((Write.CreatePod) writes.get(0)).pod();
    assertThat(pod.getMetadata().getName()).startsWith("train-");
    assertThat(pod.getMetadata().getFinalizers()).containsExactly(Pods.FINALIZER);
    assertThat(((Write.SetJobStatus) writes.get(1)).status().getActive()).isEqualTo(1);
  }

  @Test
  void leavesARunningJobAlone() {
    assertThat(JobController.plan(job(ONCE, RUNNING), List.of(pod("Running")), NOW)).isEmpty();
  }

  @Test
  void completesWithItsPod() {
    JobStatus status =
        status(JobController.plan(job(ONCE, RUNNING), List.of(pod("Succeeded")), NOW));

    assertThat(status.getSucceeded()).isEqualTo(1);
    assertThat(status.getActive()).isZero();
    assertThat(status.getConditions()).singleElement().matches(c -> c.getType().equals("Complete"));
  }

  @Test
  void failsWithTheOnlyPodItMayHave() {
    JobStatus status = status(JobController.plan(job(ONCE, RUNNING), List.of(pod("Failed")), NOW));

    assertThat(status.getFailed()).isEqualTo(1);
    assertThat(status.getConditions())
        .singleElement()
        .matches(c -> c.getType().equals("Failed") && c.getReason().equals("BackoffLimitExceeded"));
  }

  @Test
  void countsAPodThatIsGoneAsFailed() {
    assertThat(status(JobController.plan(job(ONCE, RUNNING), List.of(), NOW)).getFailed())
        .isEqualTo(1);
  }

  @Test
  void countsAPodThatIsBeingDeletedAsFailed() {
    Pod leaving =
        new PodBuilder(pod("Running"))
            .editMetadata()
            .withDeletionTimestamp(NOW.toString())
            .endMetadata()
            .build();

    assertThat(status(JobController.plan(job(ONCE, RUNNING), List.of(leaving), NOW)).getFailed())
        .isEqualTo(1);
  }

  @Test
  void triesAgainUnderAnotherNameWhileItMay() {
    String twice = ONCE.replace("backoffLimit: 0", "backoffLimit: 1");
    var first = (Write.CreatePod) JobController.plan(job(twice, "{}"), List.of(), NOW).get(0);

    List<Write> writes = JobController.plan(job(twice, RUNNING), List.of(pod("Failed")), NOW);

    var second = (Write.CreatePod) writes.get(0);
    assertThat(second.pod().getMetadata().getName())
        .isNotEqualTo(first.pod().getMetadata().getName());
    assertThat(status(writes).getFailed()).isEqualTo(1);
  }

  @Test
  void endsWhatIsOverdue() {
    Job late =
        new JobBuilder(job(ONCE, RUNNING))
            .editSpec()
            .withActiveDeadlineSeconds(3600L)
            .endSpec()
            .build();
    Pod running = pod("Running");

    List<Write> writes = JobController.plan(late, List.of(running), NOW);

    assertThat(writes).contains(new Write.DeletePod(running));
    assertThat(status(writes).getConditions())
        .singleElement()
        .matches(c -> c.getReason().equals("DeadlineExceeded"));
    assertThat(JobController.plan(late, List.of(running), NOW.minusSeconds(1))).isEmpty();
  }

  @Test
  void suspendsAndResumes() {
    Job suspended =
        new JobBuilder(job(ONCE, RUNNING)).editSpec().withSuspend(true).endSpec().build();
    Pod running = pod("Running");

    List<Write> writes = JobController.plan(suspended, List.of(running), NOW);
    assertThat(writes).contains(new Write.DeletePod(running));
    JobStatus status = status(writes);
    assertThat(status.getStartTime()).isNull();

    Job resumed =
        new JobBuilder(suspended)
            .editSpec()
            .withSuspend(false)
            .endSpec()
            .withStatus(status)
            .build();
    List<Write> later = JobController.plan(resumed, List.of(), NOW);
    assertThat(later.get(0)).isInstanceOf(Write.CreatePod.class);
    assertThat(status(later).getConditions()).isEmpty();
  }

  @Test
  void removesWhatHasOutlivedItsTime() {
    String ended =
        "{conditions: [{type: Complete, status: 'True', lastTransitionTime: '2026-01-01T11:59:00Z'}]}";
    Job kept = job(ONCE, ended);
    Job shortLived =
        new JobBuilder(kept).editSpec().withTtlSecondsAfterFinished(60).endSpec().build();

    assertThat(JobController.plan(kept, List.of(), NOW)).isEmpty();
    assertThat(JobController.plan(shortLived, List.of(), NOW))
        .containsExactly(new Write.DeleteJob(shortLived));
    assertThat(JobController.plan(shortLived, List.of(), NOW.minusSeconds(1))).isEmpty();
  }

  private static JobStatus status(List<Write> writes) {
    return writes.stream()
        .filter(Write.SetJobStatus.class::isInstance)
        .map(write -> ((Write.SetJobStatus) write).status())
        .findFirst()
        .orElseThrow();
  }
}
