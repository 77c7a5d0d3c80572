package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firstday.api.RolloutCommand;
import dev.firstday.api.TrainingJob;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever dies or hangs during a rollout, callers see no more of it than they would have seen of
 * the stable version alone, and the rollout ends by itself. Processes are killed and frozen where
 * they run, so that the cluster's node has to be this machine. Each test has a Deployment of its
 * own: most of the time passes with waiting, and those that disturb no other Deployment wait
 * together. The others follow each other on one thread: each would block another one while it waits
 * for them to be through.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG (and run cluster-tests/load-images)")
class DeliveryFaultsTest extends FaultyDeliveries {
  private static final int SHORT_DEADLINE_SECONDS = 20;

  private static final long A_POD_AND_MORE = 2L << 30;

  /**
   * The stable version has one pod: while that is gone, callers get errors, with a rollout or
   * without one, and at no other time. Who is connected to a router that is killed notices.
   */
  @Test
  @ResourceLock(PLATFORM)
  @Execution(ExecutionMode.SAME_THREAD)
  void aRolloutGoesOnWhateverIsKilledInEachOfItsStages() {
    List<Outage> outages = new ArrayList<>();
    underTrafficOnAWalk(
        traffic -> {
          for (Walk.Stop stop : Walk.Stop.values()) {
            walk.goOnTo(stop);
            outages.add(killAround(stop));
            assertThat(walk.isAt(stop)).as("still at %s", stop).isTrue();
          }
          walked.command(RolloutCommand.PROMOTE);
          walked.awaitServing(2);

          assertThat(traffic.errors())
              .allSatisfy(error -> assertThat(outages).anyMatch(outage -> outage.explains(error)));
          assertThat(traffic.broken()).hasSizeLessThanOrEqualTo(outages.size() * Traffic.CALLERS);
        });
  }

  /** Whether it is good enough all the same is for its checks to say. */
  @Test
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void callersDoNotNoticeACandidateThatIsKilledWhileItIsAsked() {
    underTrafficOnAWalk(
        traffic -> {
          for (Walk.Stop stop : Walk.Stop.values()) {
            if (stop.isLive()) {
              walk.to(stop);
              walked.kill(walked.pods(Trials.predictors(2)));
              tenant
                  .awaiting("a verdict, or another pod")
                  .until(
                      () ->
                          walked.status().candidate() == null
                              || walked.areReady(Trials.predictors(2)));
              walked.say(RolloutCommand.ROLLBACK);
              walked.awaitRollback(2);
              walk.serveTheFirst();
            }
          }
          assertThat(traffic.failures()).isEmpty();
        });
  }

  /**
   * A node that could not say for a minute that it lives is taken for dead when the API server is
   * back, and all Services lose their pods for a moment, with a rollout or without one: what
   * callers see then is not asked.
   */
  @Test
  @ResourceLock(PLATFORM)
  @Execution(ExecutionMode.SAME_THREAD)
  void requestsAreAnsweredWhileTheApiServerIsAway() {
    underTraffic(
        traffic -> {
          trials.wantApproved(2);
          trials.awaitStage("Shadow");
          List<ProcessHandle> apiServer = Node.apiServer().stream().toList();
          assumeTrue(!apiServer.isEmpty(), "the API server does not run on this machine");
          Node.freeze(apiServer);
          try {
            long before = traffic.answers();
            await()
                .during(Duration.ofMinutes(1))
                .atMost(Duration.ofSeconds(70))
                .until(() -> traffic.failures().isEmpty());
            assertThat(traffic.answers()).isGreaterThan(before + 100);
          } finally {
            Node.thaw(apiServer);
          }
          trials.command(RolloutCommand.PROMOTE);
          trials.awaitServing(2);
        });
  }

  @Test
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void aCandidateThatHangsIsRolledBack() {
    underTraffic(
        traffic -> {
          trials.wantApproved(2);
          trials.awaitStage("Shadow");
          Node.freeze(trials.processes(Trials.predictors(2)));

          assertThat(trials.awaitRollback(2).message()).contains("timeouts");
          assertThat(traffic.failures()).isEmpty();
        });
  }

  @Test
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void aCandidateThatOutgrowsItsMemoryIsRolledBack() {
    AtomicBoolean outgrew = new AtomicBoolean();
    underTraffic(
        traffic -> {
          trials.wantApproved(2);
          trials.awaitStage("Shadow");
          try (var watched = trials.watch(Trials.predictors(2), new MemoryWatch(outgrew))) {
            tenant
                .awaiting("the end of the rollout")
                .until(
                    () -> {
                      Node.takeMemory(trials.processes(Trials.predictors(2)), A_POD_AND_MORE);
                      return trials.status().candidate() == null;
                    });

            assertThat(trials.awaitRollback(2).message()).contains("errors");
            tenant.awaiting("the kubelet's word").untilTrue(outgrew);
            assertThat(watched.isRunning()).isTrue();
          }
          assertThat(traffic.failures()).isEmpty();
        });
  }

  @Test
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void aCandidateThatIsNeverReadyIsRolledBack() {
    underTraffic(
        traffic -> {
          trials.want(2, SHORT_DEADLINE_SECONDS);
          awaitCandidate();
          Node.freeze(trials.processes(Trials.predictors(2)));

          assertThat(trials.awaitRollback(2).reason()).isEqualTo("StartDeadlineExceeded");
          assertThat(traffic.failures()).isEmpty();
        });
  }

  @Test
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void aCandidateThatCrashesAgainAndAgainIsRolledBack() {
    underTraffic(
        traffic -> {
          trials.want(2);
          awaitCandidate();
          await()
              .atMost(Tenant.LIMIT)
              .until(
                  () -> {
                    Node.kill(trials.processes(Trials.predictors(2)));
                    return trials.status().candidate() == null;
                  });

          assertThat(trials.awaitRollback(2).reason()).isEqualTo("CrashLoop");
          assertThat(traffic.failures()).isEmpty();
        });
  }

  /** In the end callers are asked to take its answers; they get the stable version's. */
  @ParameterizedTest
  @ValueSource(strings = {"Shadow", "Canary"})
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void aCandidateThatAnswersGarbageIsRolledBack(String stage) {
    underTraffic(
        traffic -> {
          trials.wantApproved(2);
          trials.awaitPhase("Shadow", "AwaitingApproval");
          if (stage.equals("Canary")) {
            trials.command(RolloutCommand.APPROVE);
            trials.awaitStage(stage);
          }
          try (Impostor impostor = new Impostor(trials.address(2))) {
            assertThat(trials.awaitRollback(2).message()).contains("nonFinite");
            assertThat(impostor.answers()).isPositive();
          }
          assertThat(traffic.failures()).isEmpty();
        });
  }

  /**
   * A predictor has its version in memory, and one that starts waits for the storage; so does a
   * candidate that is to be sent captured requests. Those that come meanwhile wait to be stored.
   */
  @Test
  @ResourceLock(PLATFORM)
  @Execution(ExecutionMode.SAME_THREAD)
  void anS3ThatHangsOrIsGoneDelaysACandidateAndNobodyElse() {
    underTrafficOnAWalk(
        traffic -> {
          whileS3Hangs(
              () -> {
                walk.goOnTo(Walk.Stop.STARTING);
                awaitCandidate();
                awaitAnswers(traffic);
                assertThat(walk.isAt(Walk.Stop.STARTING)).isTrue();
                assertThat(trials.areReady(Trials.predictors(2))).isFalse();
              });

          walk.goOnTo(Walk.Stop.GOLDEN);
          installation.takeS3Away();
          try {
            walk.leaveFor(Walk.Stop.REPLAY);
            trials.awaitWords("; waiting: captured requests: ");
            awaitAnswers(traffic);
            assertThat(walk.isAt(Walk.Stop.REPLAY)).isTrue();
          } finally {
            installation.bringS3Back();
          }
          walk.await(Walk.Stop.REPLAY);

          walk.goOnTo(Walk.Stop.SHADOW);
          whileS3Hangs(
              () -> {
                walk.goOnTo(Walk.Stop.CANARY);
                walk.goOnTo(Walk.Stop.BAKING);
                awaitAnswers(traffic);
              });
          trials.command(RolloutCommand.PROMOTE);
          trials.awaitServing(2);
          assertThat(traffic.failures()).isEmpty();
        });
  }

  /** Callers of the one that hangs wait: what they see is not asked. */
  @Test
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void newWeightsReachARouterWithinASecondThoughAnotherHangs() {
    underTraffic(
        traffic -> {
          trials.wantApproved(2);
          trials.awaitPhase("Shadow", "AwaitingApproval");
          List<Pod> routers = trials.pods(Trials.routers());
          List<ProcessHandle> hanging = Node.processesOf(routers.get(0).getMetadata().getUid());
          Node.freeze(hanging);
          CompletableFuture<Instant> written = new CompletableFuture<>();
          try (var watch = trials.watchRoutes(new RoutesWatch(2, written))) {
            Instant said = Instant.now();
            trials.say(RolloutCommand.PROMOTE);
            Instant answered = awaitAnswerBy(2, routers.get(1));

            assertThat(watch.isRunning()).isTrue();
            Duration took = Duration.between(written.join(), answered);
            System.out.printf(
                "new weights: %d ms after they were written, %d ms after the word, one of %d routers"
                    + " hangs%n",
                took.toMillis(), Duration.between(said, answered).toMillis(), routers.size());
            assertThat(took).isLessThan(Duration.ofSeconds(1));
          } finally {
            Node.thaw(hanging);
          }
          trials.awaitServing(2);
        });
  }

  /** A fault that no check saw: the pods of the version before have stayed. */
  @Test
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void theVersionBeforeAnswersAgainByAPersonsWord() {
    underTraffic(
        traffic -> {
          trials.wantReversible(2);
          trials.awaitServing(2);
          Map<String, Integer> pods = trials.restarts();
          Pod router = trials.pods(Trials.routers()).get(0);
          awaitAnswerBy(2, router);

          Instant said = Instant.now();
          trials.say(RolloutCommand.ROLLBACK);
          Instant answered = awaitAnswerBy(1, router);

          System.out.printf(
              "way back: %d ms after the word%n", Duration.between(said, answered).toMillis());
          assertThat(trials.awaitRollback(2).reason()).isEqualTo("RolledBackByHand");
          trials.awaitReady(Trials.predictors(1));
          assertThat(pods).as("nothing was started").containsAllEntriesOf(trials.restarts());
          assertThat(traffic.failures()).isEmpty();
        });
  }

  @Test
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void aRouterThatIsEvictedLosesNoRequestAndLeavesToAnotherWhatItRemembers() {
    underTraffic(
        traffic -> {
          trials.wantApproved(2);
          trials.awaitPhase("Shadow", "AwaitingApproval");
          List<Pod> routers = trials.pods(Trials.routers());
          RouterCaller evicted = new RouterCaller(routers.get(0), trials.model());
          RouterCaller other = new RouterCaller(routers.get(1), trials.model());
          String id = "labelled-later";
          tenant
              .awaiting("both versions' answers")
              .until(
                  () -> {
                    evicted.ask(id);
                    return evicted.isRemembered(id);
                  });

          trials.evict(routers.get(0));

          tenant.awaiting("another router's memory").until(() -> other.isRemembered(id));
          assertThat(traffic.failures()).isEmpty();
        });
  }

  /** While it is frozen, a training is in its middle however quick it is. */
  @Test
  @ResourceLock(PLATFORM)
  @Execution(ExecutionMode.SAME_THREAD)
  void anUpgradeStartsNoPodAnewInTheMiddleOfATrainingAndOfARollout() {
    underTraffic(
        traffic -> {
          trials.wantApproved(2);
          trials.awaitStage("Shadow");
          tenant.apply(Irises.variant("Model", "upgraded", spec -> {}));
          tenant.apply(
              Irises.variant("TrainingJob", "upgraded", spec -> spec.put("model", "upgraded")));
          List<ProcessHandle> trainer = awaitTrainer("upgraded");
          Node.freeze(trainer);
          Map<String, Integer> pods = trials.restarts();

          String images = installation.upgrade();
          trials.command(RolloutCommand.PAUSE);

          assertThat(trials.restarts()).isEqualTo(pods);
          assertThat(trainer).allMatch(ProcessHandle::isAlive);
          Node.thaw(trainer);
          tenant.await(
              TrainingJob.class, "upgraded", job -> "Succeeded".equals(job.getStatus().phase()));
          assertThat(tenant.get(TrainingJob.class, "upgraded").getStatus().run().attempt())
              .isEqualTo(1);

          trials.command(RolloutCommand.PROMOTE);
          trials.awaitServing(2);
          tenant.awaiting("pods of the new release").until(() -> trials.allRun(images));
          assertThat(traffic.failures()).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void aDeletedDeploymentLeavesNothingInAnyStage(Walk.Stop stop) {
    underTrafficOnAWalk(
        traffic -> {
          walk.to(stop);
          assertThat(trials.children()).anyMatch(child -> child.startsWith("horizontalpod"));
          trials.delete();

          tenant.awaiting("nothing left").until(trials::nothingIsLeft);
        });
  }
}
