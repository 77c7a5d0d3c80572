package dev.firstday.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelVersion;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever can write a pod's termination message may write anything. */
class ContractTest {
  private static final String RUN = "0123456789abcdef";
  private static final String DIGEST = "a1".repeat(32);
  private static final RunResult ANSWER = reproduction(RUN, DIGEST, "as before");

  @Test
  void answerIsReadByWhoeverAskedForIt() {
    assertThat(Contract.readResult(Contract.write(ANSWER), RUN)).contains(ANSWER);
    assertThat(Contract.readResult(Contract.write(ANSWER), "another run")).isEmpty();
  }

  @Test
  void answerThatIsTooLargeIsNone() {
    int room = RunResult.MAX_BYTES - Contract.write(reproduction(RUN, DIGEST, "")).length();
    RunResult largest = reproduction(RUN, DIGEST, "x".repeat(room));
    assertThat(Contract.readResult(Contract.write(largest), RUN)).contains(largest);

    RunResult larger = reproduction(RUN, DIGEST, "x".repeat(room + 1));
    assertThat(Contract.readResult(Contract.write(larger), RUN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A1A1",
        "../../../../other/models/churn/versions/1.json",
        "sha256:a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1"
      })
  void whatIsNoDigestIsNoAnswer(String digest) {
    assertThat(Contract.readResult(Contract.write(reproduction(RUN, digest, "")), RUN)).isEmpty();
  }

  static Stream<RunResult> incomplete() {
    return Stream.of(
        new RunResult.Snapshot(RUN, null, null, null),
        new RunResult.Train(RUN, null),
        new RunResult.Inventory(RUN, 1, null, List.of()),
        new RunResult.Inventory(RUN, 1, List.<ModelVersion>of(), List.of(-1)),
        new RunResult.Inspection(RUN, null),
        new RunResult.Evaluation(RUN, null),
        new RunResult.Sweep(RUN, -1, null),
        new RunResult.Reproduction(RUN, DIGEST, null, "no verdict"),
        new RunResult.Failure(RUN, null, "no reason", RunResult.Cure.WAIT),
        new RunResult.Failure(RUN, "NoCure", "no cure", null));
  }

  @ParameterizedTest
  @MethodSource("incomplete")
  void whatLacksAPartIsNoAnswer(RunResult result) {
    assertThat(Contract.readResult(Contract.write(result), RUN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "{\"type\": \"java.lang.Runtime\"}", "{\"uid\":"})
  void whatIsNoDocumentIsNoAnswer(String message) {
    assertThat(Contract.readResult(message, RUN)).isEmpty();
    assertThat(Contract.readResult(null, RUN)).isEmpty();
  }

  private static RunResult reproduction(String run, String digest, String message) {
    return new RunResult.Reproduction(run, digest, "WeightsIdentical", message);
  }
}
