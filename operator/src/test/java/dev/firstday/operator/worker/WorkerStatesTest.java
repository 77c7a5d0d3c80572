package dev.firstday.operator.worker;

import static dev.firstday.operator.worker.Workload.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class WorkerStatesTest {
  private static final RunOrder ORDER =
      new RunOrder("0123456789abcdef", "flights", RunResult.Inventory.class, 3, null, false);
  private static final Job JOB = Workload.job("flights-01234567-1");
  private static final RunResult ANSWER =
      new RunResult.Inventory(ORDER.uid(), 0, List.of(), List.of());

  /** What the pod shows, and the reason and a word of the message that follow. */
  static final List<Arguments> LOSSES =
      List.of(
          Arguments.of(
              Workload.ended(137, "OOMKilled", ""), "OOMKilled", "limit of 2Gi", Cure.FIX_SPEC),
          Arguments.of(
              Workload.ended(137, "OOMKilled", ""),
              "OOMKilled",
              "raise spec.resources.limits.memory",
              Cure.FIX_SPEC),
          Arguments.of(Workload.ended(3, "Error", ""), "HeapFull", "limit of 2Gi", Cure.FIX_SPEC),
          Arguments.of(
              Workload.ended(1, "Error", "no such class"),
              "WorkerFailed",
              "no such class",
              Cure.WAIT),
          Arguments.of(Workload.ended(1, "Error", null), "WorkerFailed", "kubectl logs", Cure.WAIT),
          Arguments.of(
              Workload.failed("Evicted", "The node was low on resource: memory."),
              "Evicted",
              "low on resource",
              Cure.WAIT),
          Arguments.of(
              Workload.failed("Evicted", "The node was low on resource: ephemeral-storage."),
              "Evicted",
              "low on resource",
              Cure.WAIT),
          Arguments.of(
              Workload.failed(
                  "Evicted", "Usage of EmptyDir volume \"tmp\" exceeds the limit \"8Gi\". "),
              "ScratchFull",
              "raise spec.resources.limits.ephemeral-storage",
              Cure.FIX_SPEC),
          Arguments.of(
              Workload.failed(
                  "Evicted",
                  "Pod ephemeral local storage usage exceeds the total limit of containers 8Gi. "),
              "ScratchFull",
              "total limit of containers 8Gi",
              Cure.FIX_SPEC),
          Arguments.of(
              Workload.failed(
                  "Evicted",
                  "Container worker exceeded its local ephemeral storage limit \"8Gi\". "),
              "ScratchFull",
              "limit \"8Gi\".",
              Cure.FIX_SPEC),
          Arguments.of(
              Workload.failed("DeadlineExceeded", "Pod was active on the node longer"),
              "DeadlineExceeded",
              "3600 s",
              Cure.FIX_SPEC),
          Arguments.of(
              Workload.failed(null, null), "WorkerFailed", "without saying why", Cure.WAIT),
          Arguments.of(Workload.ended(0, "Completed", ""), "AnswerUnreadable", "logs", Cure.WAIT),
          Arguments.of(
              Workload.ended(0, "Completed", "{\"result\":\"inventory\",\"uid\":\"another\"}"),
              "AnswerUnreadable",
              "logs",
              Cure.WAIT),
          Arguments.of(
              Workload.answered(
                  new RunResult.Train(
                      ORDER.uid(),
                      new dev.firstday.api.TrainingJobStatus.Result(
                          null, null, null, null, null, null, null))),
              "AnswerUnreadable",
              "logs",
              Cure.WAIT));

  @ParameterizedTest
  @FieldSource("LOSSES")
  void aLossIsToldInTheWordsOfWhoSawIt(PodStatus status, String reason, String words, Cure cure) {
    assertThat(of(status))
        .isInstanceOfSatisfying(
            WorkerState.Lost.class,
            lost -> {
              assertThat(lost.reason()).isEqualTo(reason);
              assertThat(lost.message()).contains(words);
              assertThat(lost.cure()).isEqualTo(cure);
            });
  }

  @Test
  void anAnswerIsRead() {
    assertThat(of(Workload.answered(ANSWER))).isEqualTo(new WorkerState.Answered(ANSWER));
  }

  @Test
  void aFailureIsAnAnswerToEveryRun() {
    RunResult failure =
        new RunResult.Failure(ORDER.uid(), "BucketMissing", "no bucket b", Cure.FIX_DATA);
    assertThat(of(Workload.answered(failure))).isEqualTo(new WorkerState.Answered(failure));
  }

  @Test
  void theSchedulerSpeaksForAPodWithoutANode() {
    assertThat(
            of(Workload.unschedulable("0/1 nodes are available: 1 Insufficient nvidia.com/gpu.")))
        .isInstanceOfSatisfying(
            WorkerState.Waiting.class,
            waiting -> {
              assertThat(waiting.reason()).isEqualTo("Unschedulable");
              assertThat(waiting.message())
                  .contains("Insufficient nvidia.com/gpu. It waits until one does: make room")
                  .contains("ask for less in spec.resources");
            });
  }

  @Test
  void aJobThatKueueHoldsBackIsQueuedWhateverItsPodsSay() {
    Job held =
        JOB.edit()
            .editMetadata()
            .addToLabels(Labels.QUEUE, "gpus")
            .endMetadata()
            .withNewSpec()
            .withSuspend(true)
            .endSpec()
            .build();
    assertThat(
            List.of(
                state(Workload.of(held)),
                state(
                    Workload.of(
                        held, Workload.pod(held, ORDER, Workload.ended(143, "Error", ""))))))
        .allSatisfy(
            state ->
                assertThat(state)
                    .isInstanceOfSatisfying(
                        WorkerState.Waiting.class,
                        waiting -> {
                          assertThat(waiting.reason()).isEqualTo("Queued");
                          assertThat(waiting.message()).contains("the queue gpus");
                        }));
  }

  @Test
  void anImageIsWaitedForAndThenGivenUp() {
    PodStatus status = Workload.waiting("ImagePullBackOff", "not found");
    assertThat(of(status)).isInstanceOf(WorkerState.Waiting.class);
    assertThat(
            WorkerStates.of(
                JOB.getMetadata().getName(),
                ORDER,
                Workload.of(JOB, Workload.pod(JOB, ORDER, status)),
                NOW.plus(WorkerStates.START_PATIENCE)))
        .isInstanceOfSatisfying(
            WorkerState.Lost.class,
            lost -> {
              assertThat(lost.cure()).isEqualTo(Cure.FIX_DATA);
              assertThat(lost.message()).contains("firstday/trainer:1", "not found");
            });
  }

  @Test
  void aRunningPodRuns() {
    assertThat(of(Workload.running())).isEqualTo(new WorkerState.Running("flights-01234567-1-x"));
    assertThat(of(Workload.pending())).isInstanceOf(WorkerState.Waiting.class);
  }

  @Test
  void aJobWithoutPodTellsWhatItCan() {
    assertThat(state(Workload.nothing())).isEqualTo(new WorkerState.Absent());
    assertThat(state(Workload.of(JOB))).isInstanceOf(WorkerState.Waiting.class);
    assertThat(state(Workload.of(Workload.ended(JOB, "Failed", "pod was deleted"))))
        .isInstanceOfSatisfying(
            WorkerState.Lost.class, lost -> assertThat(lost.message()).contains("pod was deleted"));
    assertThat(state(Workload.of(Workload.ended(JOB, "Complete", ""))))
        .isInstanceOfSatisfying(
            WorkerState.Lost.class, lost -> assertThat(lost.reason()).isEqualTo("AnswerLost"));
  }

  @Test
  void theNewestPodCounts() {
    var old =
        Workload.pod(JOB, ORDER, Workload.failed("Evicted", "before"))
            .edit()
            .editMetadata()
            .withName("old")
            .withCreationTimestamp(NOW.minus(Duration.ofHours(1)).toString())
            .endMetadata()
            .build();
    assertThat(state(Workload.of(JOB, old, Workload.pod(JOB, ORDER, Workload.running()))))
        .isInstanceOf(WorkerState.Running.class);
  }

  private static WorkerState of(PodStatus status) {
    return state(Workload.of(JOB, Workload.pod(JOB, ORDER, status)));
  }

  private static WorkerState state(WorkerObservation seen) {
    return WorkerStates.of(JOB.getMetadata().getName(), ORDER, seen, NOW);
  }
}
