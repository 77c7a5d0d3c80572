package dev.firstday.cli.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Firstday;
import dev.firstday.api.ModelDeployment;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingTest {
  @ParameterizedTest
  @CsvSource({
    "unseen, NONE",
    "first, NONE",
    "shadow, NONE",
    "canary, NONE",
    "awaiting, NONE",
    "stable, GOOD",
    // its retry has not been answered yet
    "rolled-back, NONE"
  })
  void onlyWhatCannotGoOnHasEnded(String name, Ending ending) throws IOException {
    assertThat(Ending.of(Golden.deployment(name))).isEqualTo(ending);
  }

  @Test
  void aRollbackIsABadEnd() throws IOException {
    ModelDeployment deployment = Golden.deployment("rolled-back");
    deployment.getMetadata().setAnnotations(Map.of());

    assertThat(Ending.of(deployment)).isEqualTo(Ending.BAD);
  }

  @Test
  void aStatusOfAnEarlierSpecIsNoEnd() throws IOException {
    ModelDeployment deployment = Golden.deployment("stable");
    deployment.getMetadata().setGeneration(2L);

    assertThat(Ending.of(deployment)).isEqualTo(Ending.NONE);
  }

  @Test
  void aCommandIsPendingUntilTheStatusHasIt() throws IOException {
    ModelDeployment deployment = Golden.deployment("stable");
    assertThat(Ending.pendingCommand(deployment)).isEmpty();

    String answered = deployment.getStatus().rollout().command();
    deployment.getMetadata().setAnnotations(Map.of(Firstday.ROLLOUT_ANNOTATION, answered + " "));
    assertThat(Ending.pendingCommand(deployment)).isEmpty();

    deployment.getMetadata().setAnnotations(Map.of(Firstday.ROLLOUT_ANNOTATION, "pause now"));
    assertThat(Ending.pendingCommand(deployment)).isEqualTo("pause now");
  }
}
