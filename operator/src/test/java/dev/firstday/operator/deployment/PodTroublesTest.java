package dev.firstday.operator.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.deployment.DeploymentObservation.Trouble;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodTroublesTest {
  private static final Version VERSION = World.version(2);
  private static final ContainerState BACK_OFF =
      new ContainerStateBuilder()
          .withNewWaiting()
          .withReason("CrashLoopBackOff")
          .endWaiting()
          .build();
  private static final ContainerState PULLING =
      new ContainerStateBuilder()
          .withNewWaiting()
          .withReason("ImagePullBackOff")
          .withMessage("no such image")
          .endWaiting()
          .build();
  private static final ContainerState RUNNING =
      new ContainerStateBuilder().withNewRunning().endRunning().build();

  private static Pod pod(int restarts, ContainerState state, String lastWords) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("predictor-x")
        .endMetadata()
        .withNewStatus()
        .addNewContainerStatus()
        .withName("server")
        .withRestartCount(restarts)
        .withState(state)
        .withNewLastState()
        .withNewTerminated()
        .withExitCode(137)
        .withReason("OOMKilled")
        .withMessage(lastWords)
        .endTerminated()
        .endLastState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static String words(RunResult.Cure cure) {
    return Contract.write(
        new RunResult.Failure(VERSION.digest(), "S3Unreachable", "S3 is away", cure));
  }

  private static Trouble of(Pod... pods) {
    return PodTroubles.of(VERSION, List.of(pods));
  }

  @Test
  void aPodThatRestartedThreeTimesAndIsHeldBackCrashesAgainAndAgain() {
    assertThat(of(pod(3, BACK_OFF, null)))
        .isEqualTo(
            new Trouble.CrashLoop(
                "pod predictor-x: restarted 3 times, ended with exit code 137 (OOMKilled)"));
  }

  @Test
  void fewerRestartsMayBeAnAccident() {
    assertThat(of(pod(2, BACK_OFF, null)))
        .isEqualTo(new Trouble.Passing("pod predictor-x: ended with exit code 137 (OOMKilled)"));
  }

  @Test
  void oneThatRunsAgainMayComeToBeReady() {
    assertThat(of(pod(7, RUNNING, null))).isInstanceOf(Trouble.Passing.class);
  }

  @Test
  void oneThatHasNoImageCrashesNot() {
    assertThat(of(pod(3, PULLING, null))).isInstanceOf(Trouble.Passing.class);
  }

  /** It ends until its storage is back, and says so. */
  @Test
  void oneThatSaysThatItWaitsIsTakenAtItsWord() {
    assertThat(of(pod(9, BACK_OFF, words(RunResult.Cure.WAIT))))
        .isEqualTo(new Trouble.Passing("pod predictor-x: S3 is away"));
  }

  @Test
  void oneThatRefusesTheVersionCountsBeforeOneThatCrashesAndThatBeforeOneThatWaits() {
    Pod crashes = pod(3, BACK_OFF, null);

    assertThat(of(pod(0, PULLING, null), crashes)).isInstanceOf(Trouble.CrashLoop.class);
    assertThat(of(crashes, pod(1, BACK_OFF, words(RunResult.Cure.FIX_DATA))))
        .isInstanceOf(Trouble.Refusal.class);
  }

  @Test
  void onThoseThatAreReadyOrGoNothingDepends() {
    Pod crashes = pod(3, BACK_OFF, null);
    Pod goes =
        crashes.edit().editMetadata().withDeletionTimestamp("2026-01-01T00:00:00Z").and().build();
    Pod ready =
        crashes
            .edit()
            .editStatus()
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .endCondition()
            .and()
            .build();

    assertThat(of(goes, ready)).isEqualTo(DeploymentObservation.NO_TROUBLE);
  }
}
