package dev.firstday.operator.worker;

import static dev.firstday.operator.worker.Workload.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.RunState;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunsTest {
  private static final RunOrder ORDER = order(2, false);
  private static final RunResult ANSWER =
      new RunResult.Inventory(ORDER.uid(), 0, List.of(), List.of());

  @Test
  void aNewRunBeginsWithItsFirstJob() {
    RunStep step = Runs.advance(null, ORDER, Workload.nothing(), NOW);
    assertThat(step).isInstanceOf(RunStep.Start.class);
    assertThat(step.run().attempt()).isEqualTo(1);
    assertThat(step.run().job()).isEqualTo("flights-01234567-1");
    assertThat(step.run().startedAt()).isEqualTo(NOW);
  }

  @Test
  void aPassThatWasCutOffAfterMakingTheJobIsTakenUp() {
    Job job = Workload.job(ORDER.job(1));
    RunStep step = Runs.advance(null, ORDER, Workload.of(job), NOW);
    assertThat(step).isInstanceOf(RunStep.Follow.class);
    assertThat(step.run().job()).isEqualTo(ORDER.job(1));
  }

  @Test
  void anAnswerIsReadOnceAndTheRunIsOver() {
    WorkerObservation seen = attempt(1, Workload.answered(ANSWER));
    RunStep step = Runs.advance(underWay(), ORDER, seen, NOW);
    assertThat(step)
        .isInstanceOfSatisfying(
            RunStep.Finish.class, finish -> assertThat(finish.answer()).isEqualTo(ANSWER));
    assertThat(Runs.isDone(step.run(), ORDER)).isTrue();
    assertThat(step.obsolete()).isEmpty();

    RunStep after = Runs.advance(step.run(), ORDER, seen, NOW.plusSeconds(60));
    assertThat(after).isEqualTo(new RunStep.Rest(step.run(), List.of()));
    assertThat(after.wakeUp()).isEmpty();
  }

  @Test
  void aRunThatIsOverIsNotRepeatedWhenItsJobIsGone() {
    RunState done = RunStates.done(underWay(), NOW);
    assertThat(Runs.advance(done, ORDER, Workload.nothing(), NOW.plusSeconds(9)))
        .isEqualTo(new RunStep.Rest(done, List.of()));
  }

  @Test
  void aLostPodIsMadeUpForAfterAWait() {
    RunStep lost =
        Runs.advance(underWay(), ORDER, attempt(1, Workload.failed("Evicted", "it is full.")), NOW);
    assertThat(lost.run().losses()).isEqualTo(1);
    assertThat(lost.run().retryAt()).isEqualTo(NOW.plus(Runs.FIRST_BACKOFF));
    assertThat(lost.wakeUp()).contains(NOW.plus(Runs.FIRST_BACKOFF));
    assertThat(Runs.isStuck(lost.run(), ORDER)).isFalse();

    assertThat(Runs.advance(lost.run(), ORDER, Workload.nothing(), NOW.plusSeconds(4)))
        .isInstanceOf(RunStep.Rest.class);
    RunStep again = Runs.advance(lost.run(), ORDER, Workload.nothing(), NOW.plusSeconds(5));
    assertThat(again).isInstanceOf(RunStep.Start.class);
    assertThat(again.run().attempt()).isEqualTo(2);
    assertThat(again.run().job()).isEqualTo(ORDER.job(2));
    assertThat(again.run().failure()).isEqualTo("Evicted");
    assertThat(Runs.failureMessage(again.run())).endsWith("it is full; attempt 2 is under way");
  }

  @Test
  void lossesBeyondTheRetriesEndTheRun() {
    RunState run = underWay();
    Instant now = NOW;
    for (int attempt = 1; attempt <= 3; attempt++) {
      RunStep lost =
          Runs.advance(run, ORDER, attempt(attempt, Workload.failed("Evicted", "full")), now);
      assertThat(Runs.isOver(lost.run())).isEqualTo(attempt == 3);
      now = now.plus(Runs.LAST_BACKOFF);
      run = Runs.advance(lost.run(), ORDER, Workload.nothing(), now).run();
    }
    assertThat(Runs.isStuck(run, ORDER)).isTrue();
    assertThat(Runs.failureMessage(run)).contains("spec.retries");
  }

  @Test
  void lossesWithoutEndAreAlarmingButGoOn() {
    RunOrder order = order(RunOrder.UNLIMITED, false);
    RunState run = underWay();
    Instant now = NOW;
    for (int attempt = 1; attempt <= 20; attempt++) {
      RunStep lost =
          Runs.advance(run, order, attempt(attempt, Workload.failed("Evicted", "full")), now);
      assertThat(Runs.isStuck(lost.run(), order)).isEqualTo(attempt >= Runs.ALARMING_LOSSES);
      assertThat(lost.run().retryAt()).isNotNull();
      now = now.plus(Runs.LAST_BACKOFF);
      run = Runs.advance(lost.run(), order, Workload.nothing(), now).run();
      assertThat(run.attempt()).isEqualTo(attempt + 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Cure.class)
  void aFailureIsCuredByWhoeverCan(Cure cure) {
    RunResult failure = new RunResult.Failure(ORDER.uid(), "Why", "where and how", cure);
    RunStep step = Runs.advance(underWay(), ORDER, attempt(1, Workload.answered(failure)), NOW);
    assertThat(step.run().failure()).isEqualTo("Why");
    assertThat(step.run().cure()).isEqualTo(cure.name());
    assertThat(Runs.isOver(step.run())).isEqualTo(cure == Cure.FIX_SPEC);
    assertThat(Runs.isStuck(step.run(), ORDER)).isEqualTo(cure != Cure.WAIT);
    assertThat(step.run().losses()).isEqualTo(cure == Cure.WAIT ? 1 : 0);
  }

  @Test
  void anotherSpecIsAnotherRunAndTheOldOneEnds() {
    Job old = Workload.job("flights-99999999-1");
    RunStep step =
        Runs.advance(
            new RunState(
                "9".repeat(16), 4, 2, "flights-99999999-1", NOW, null, null, "a", "b", "WAIT"),
            ORDER,
            Workload.of(old),
            NOW);
    assertThat(step).isInstanceOf(RunStep.Start.class);
    assertThat(step.run().attempt()).isEqualTo(1);
    assertThat(step.run().failure()).isNull();
    assertThat(step.obsolete()).containsExactly(old);
  }

  @Test
  void aJobThatWasDeletedIsALoss() {
    RunStep step = Runs.advance(underWay(), ORDER, Workload.nothing(), NOW);
    assertThat(step.run().failure()).isEqualTo("JobDeleted");
    assertThat(step.run().losses()).isEqualTo(1);
  }

  @Test
  void suspendEndsTheJobAndCostsNoRetry() {
    Job job = Workload.job(ORDER.job(1));
    RunStep paused = Runs.advance(underWay(), order(2, true), Workload.of(job), NOW);
    assertThat(paused.obsolete()).containsExactly(job);
    assertThat(paused.wakeUp()).isEmpty();

    RunStep resumed = Runs.advance(paused.run(), ORDER, Workload.nothing(), NOW);
    assertThat(resumed).isInstanceOf(RunStep.Start.class);
    assertThat(resumed.run().attempt()).isEqualTo(2);
    assertThat(resumed.run().losses()).isZero();
  }

  @Test
  void suspendWhileWaitingForARetryDoesNotWake() {
    RunStep lost =
        Runs.advance(underWay(), ORDER, attempt(1, Workload.failed("Evicted", "full")), NOW);
    RunStep paused =
        Runs.advance(lost.run(), order(2, true), Workload.nothing(), NOW.plusSeconds(60));
    assertThat(paused.run()).isEqualTo(lost.run());
    assertThat(paused.wakeUp()).isEmpty();
  }

  @Test
  void aPodThatStillEndsIsWaitedFor() {
    RunState retry = Runs.advance(underWay(), ORDER, Workload.nothing(), NOW).run();
    Job old = Workload.job(ORDER.job(1));
    Pod straggler = Workload.pod(old, ORDER, Workload.running());
    WorkerObservation seen = new WorkerObservation(List.of(), List.of(straggler));
    Instant later = NOW.plusSeconds(10);
    RunStep waiting = Runs.advance(retry, ORDER, seen, later);
    assertThat(waiting)
        .isInstanceOfSatisfying(
            RunStep.Follow.class, follow -> assertThat(follow.reason()).isEqualTo("WaitingForPod"));

    RunStep still = Runs.advance(waiting.run(), ORDER, seen, later);
    assertThat(still.run()).isEqualTo(waiting.run());
    RunStep begun = Runs.advance(still.run(), ORDER, Workload.nothing(), later);
    assertThat(begun).isInstanceOf(RunStep.Start.class);
    assertThat(begun.run().attempt()).isEqualTo(2);
  }

  @Test
  void aPodOnALostNodeIsNotWaitedForForEver() {
    Job old = Workload.job(ORDER.job(1));
    Pod straggler =
        Workload.pod(old, ORDER, Workload.running())
            .edit()
            .editMetadata()
            .withDeletionTimestamp(NOW.minus(Duration.ofMinutes(2)).toString())
            .endMetadata()
            .build();
    RunState interrupted = RunStates.interrupted(underWay());
    assertThat(
            Runs.advance(
                interrupted, ORDER, new WorkerObservation(List.of(), List.of(straggler)), NOW))
        .isInstanceOf(RunStep.Start.class);
  }

  @Test
  void theJobBeforeTheLastIsKeptForItsLogsAndOlderOnesAreNot() {
    List<Job> jobs =
        List.of(
            Workload.ended(Workload.job(ORDER.job(1)), "Failed", ""),
            Workload.ended(Workload.job(ORDER.job(2)), "Failed", ""),
            Workload.job(ORDER.job(3)));
    RunState third =
        new RunState(ORDER.uid(), 3, 2, ORDER.job(3), NOW, null, null, "a", "b", "WAIT");
    RunStep step = Runs.advance(third, ORDER, new WorkerObservation(jobs, List.of()), NOW);
    assertThat(step.obsolete()).containsExactly(jobs.get(0));
  }

  @Test
  void anAttemptThatIsGivenUpWhileItHangsIsEnded() {
    Job job = Workload.job(ORDER.job(1));
    WorkerObservation seen =
        Workload.of(
            job, Workload.pod(job, ORDER, Workload.waiting("ErrImagePull", "no such image")));
    RunStep step = Runs.advance(underWay(), ORDER, seen, NOW.plus(WorkerStates.START_PATIENCE));
    assertThat(step.run().failure()).isEqualTo("PodCannotStart");
    assertThat(step.obsolete()).containsExactly(job);
  }

  @Test
  void aNodeIsWaitedForUntilTheDeadlineAndNoLonger() {
    RunOrder order =
        new RunOrder(
            ORDER.uid(), "flights", RunResult.Inventory.class, 3, Duration.ofSeconds(90), false);
    Job job = Workload.job(order.job(1));
    WorkerObservation seen =
        Workload.of(job, Workload.pod(job, order, Workload.unschedulable("1 Insufficient gpu")));
    RunStep waiting = Runs.advance(underWay(), order, seen, NOW);
    assertThat(waiting.wakeUp()).contains(NOW.plusSeconds(30)); // the pod is a minute old
    RunStep over = Runs.advance(underWay(), order, seen, NOW.plusSeconds(30));
    assertThat(Runs.isOver(over.run())).isTrue();
    assertThat(over.run().failure()).isEqualTo("SchedulingDeadlineExceeded");
    assertThat(over.run().message()).contains("90 s", "1 Insufficient gpu", "spec.resources");
    assertThat(over.obsolete()).containsExactly(job);
  }

  @ParameterizedTest
  @CsvSource({"1,PT5S", "2,PT10S", "3,PT20S", "6,PT2M40S", "7,PT5M", "1000,PT5M"})
  void backoffDoublesUpToItsLimit(int attempt, Duration backoff) {
    assertThat(Runs.backoff(attempt)).isEqualTo(backoff);
  }

  private static RunOrder order(int retries, boolean suspended) {
    return new RunOrder(
        "0123456789abcdef", "flights", RunResult.Inventory.class, retries, null, suspended);
  }

  private static RunState underWay() {
    return RunStates.first(ORDER, NOW);
  }

  private static WorkerObservation attempt(int attempt, PodStatus status) {
    Job job = Workload.job(ORDER.job(attempt));
    return Workload.of(job, Workload.pod(job, ORDER, status));
  }
}
