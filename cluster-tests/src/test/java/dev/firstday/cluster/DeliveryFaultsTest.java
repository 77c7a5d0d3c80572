package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firstday.api.Model;
import dev.firstday.api.RolloutCommand;
import dev.firstday.api.TrainingJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever dies or hangs during a rollout, callers see no more of it than they would have seen of
 * the stable version alone, and the rollout ends by itself. Processes are killed and frozen where
 * they run, so that the cluster's node has to be this machine. Each test has a Deployment of its
 * own: most of the time passes with waiting, and those that disturb no other Deployment wait
 * together.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG (and run cluster-tests/load-images)")
@Execution(ExecutionMode.CONCURRENT)
class DeliveryFaultsTest {
  private static final int SHORT_DEADLINE_SECONDS = 20;

  private static final long A_POD_AND_MORE = 2L << 30;

  /** What all Deployments need: the operator, the API server, S3. */
  private static final String PLATFORM = "platform";

  private static final AtomicInteger DEPLOYMENTS = new AtomicInteger();
  private static Installation installation;
  private static Tenant tenant;

  private final Trials trials = new Trials(tenant, "served-" + DEPLOYMENTS.incrementAndGet());

  @RegisterExtension
  static final TestExecutionExceptionHandler DIAGNOSTICS =
      (ExtensionContext context, Throwable failure) -> {
        System.out.printf("===== %s: %s%n", context.getDisplayName(), failure.getMessage());
        Diagnostics.print(installation.kubectl());
        Diagnostics.print(installation.systemKubectl());
        throw failure;
      };

  @BeforeAll
  static void recordTwoVersions() {
    installation = new Installation();
    tenant = new Tenant(installation.client(), installation.kubectl());
    installation.upload(Irises.EXAMPLE.resolve("data"), Irises.NAME);
    tenant.apply(Irises.variant("Dataset", Irises.NAME, spec -> {}));
    tenant.apply(Irises.variant("Model", Irises.NAME, spec -> {}));
    for (int seed = 1; seed <= 2; seed++) {
      int version = seed;
      tenant.apply(Irises.variant("TrainingJob", Irises.NAME, spec -> spec.put("seed", version)));
      tenant.await(
          Model.class,
          Irises.NAME,
          m -> m.getStatus().newest() != null && m.getStatus().newest().number() == version);
    }
  }

  @AfterAll
  static void uninstall() {
    if (installation != null) {
      installation.close();
    }
  }

  @BeforeEach
  void serveTheFirst() {
    trials.want(1);
    trials.awaitServing(1);
    assumeTrue(
        !trials.processes(Trials.predictors(1)).isEmpty(),
        "the cluster's node is not this machine");
  }

  @AfterEach
  void delete() {
    trials.delete();
    tenant.awaiting("nothing left").until(trials::nothingIsLeft);
  }

  @Test
  @ResourceLock(PLATFORM)
  void aRolloutGoesOnHoweverOftenTheOperatorIsKilled() {
    trials.underTraffic(
        traffic -> {
          promoteWhileKilling(installation::killOperator);
          assertThat(traffic.failures()).isEmpty();
        });
  }

  /** Who is connected to it notices, and nobody gets an error for an answer. */
  @Test
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void aRolloutGoesOnWhenARouterIsKilledInEachOfItsStages() {
    trials.underTraffic(
        traffic -> {
          promoteWhileKilling(() -> trials.kill(trials.pods(Trials.routers()).subList(0, 1)));
          assertThat(traffic.errors()).isEmpty();
        });
  }

  /** Its only pod: callers notice with or without a rollout, and the candidate is not blamed. */
  @Test
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void aRolloutGoesOnWhenTheStableVersionIsKilledInEachOfItsStages() {
    trials.underTraffic(
        traffic -> promoteWhileKilling(() -> trials.kill(trials.pods(Trials.predictors(1)))));
  }

  /** Golden and Canary may be over between two looks. */
  private void promoteWhileKilling(Runnable deed) {
    trials.want(2);
    assertThat(trials.inEveryStage(deed)).contains("Starting", "Shadow", "Baking");
    trials.awaitServing(2);
  }

  /** Whether it is good enough all the same is for its checks to say. */
  @Test
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void callersDoNotNoticeACandidateThatIsKilledInEachStage() {
    trials.underTraffic(
        traffic -> {
          trials.want(2);
          trials.inEveryStage(() -> trials.kill(trials.pods(Trials.predictors(2))));

          assertThat(trials.status().phase()).isIn("RolledBack", "Stable", "Promoting");
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
  void requestsAreAnsweredWhileTheApiServerIsAway() {
    trials.underTraffic(
        traffic -> {
          trials.want(2);
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
          trials.awaitServing(2);
        });
  }

  @Test
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void aCandidateThatHangsIsRolledBack() {
    trials.underTraffic(
        traffic -> {
          trials.want(2);
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
    trials.underTraffic(
        traffic -> {
          trials.wantApproved(2);
          trials.awaitStage("Shadow");
          try (var watched = trials.watchMemory(Trials.predictors(2), outgrew)) {
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
    trials.underTraffic(
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
    trials.underTraffic(
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

  /** A predictor has its version in memory, and one that starts waits for the storage. */
  @Test
  @ResourceLock(PLATFORM)
  void anS3ThatHangsDelaysACandidateAndNobodyElse() {
    List<ProcessHandle> s3 = installation.s3Processes();
    trials.underTraffic(
        traffic -> {
          Node.freeze(s3);
          try {
            trials.want(2);
            awaitCandidate();
            long before = traffic.answers();
            tenant.awaiting("answers without S3").until(() -> traffic.answers() > before + 100);
            assertThat(trials.status().phase()).isEqualTo("Starting");
          } finally {
            Node.thaw(s3);
          }
          trials.awaitServing(2);
          assertThat(traffic.failures()).isEmpty();
        });
  }

  /** While it is frozen, a training is in its middle however quick it is. */
  @Test
  @ResourceLock(PLATFORM)
  void anUpgradeStartsNoPodAnewInTheMiddleOfATrainingAndOfARollout() {
    trials.underTraffic(
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

  private static List<ProcessHandle> awaitTrainer(String trainingJob) {
    return tenant
        .awaiting("the trainer's process")
        .until(() -> tenant.processes(trainingJob, Map.of()), found -> !found.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Starting", "Golden", "Shadow", "Canary", "Baking"})
  @ResourceLock(value = PLATFORM, mode = ResourceAccessMode.READ)
  void aDeletedDeploymentLeavesNothingInAnyStage(String stage) {
    trials.underTraffic(
        traffic -> {
          trials.want(2);
          trials.awaitStage(stage);
          trials.delete();

          tenant.awaiting("nothing left").until(trials::nothingIsLeft);
        });
  }

  private void awaitCandidate() {
    tenant
        .awaiting("the candidate's process")
        .until(() -> !trials.processes(Trials.predictors(2)).isEmpty());
  }
}
