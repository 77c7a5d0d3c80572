package dev.firstday.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firstday.api.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "SETTLED,true,True,False,False,False",
    "RECONCILING,false,False,True,False,False",
    "RECONCILING,true,True,True,False,False",
    "STALLED,false,False,False,True,False",
    "SUSPENDED,true,True,False,False,True"
  })
  void oneValueIsFourConditions(
      Standing.State state,
      boolean isReady,
      String ready,
      String reconciling,
      String stalled,
      String suspended) {
    assertThat(new Standing(state, isReady, "Why", "where").conditions(null, 3L, NOW))
        .extracting(Condition::status)
        .containsExactly(ready, reconciling, stalled, suspended);
  }

  @Test
  void theTransitionTimeMovesWithTheStatusOnly() {
    List<Condition> before = Standing.reconciling("A", "a").conditions(null, 1L, NOW);
    List<Condition> after =
        Standing.reconciling("B", "b").conditions(before, 2L, NOW.plusSeconds(9));
    assertThat(after).allMatch(c -> c.lastTransitionTime().equals(NOW));
    assertThat(after.get(0).reason()).isEqualTo("B");
    List<Condition> ready = Standing.ready("C", "c").conditions(after, 2L, NOW.plusSeconds(20));
    assertThat(ready.get(0).lastTransitionTime()).isEqualTo(NOW.plusSeconds(20));
    assertThat(ready.get(2).lastTransitionTime()).isEqualTo(NOW);
  }

  @Test
  void aVerdictGoesOnWhileItIsWorkedOn() {
    Standing running = Standing.reconciling("Running", "pod runs");
    assertThat(running.conditionsBeside(Standing.ready("Good", "all"), null, 3L, NOW))
        .extracting(Condition::status, Condition::reason)
        .containsExactly(
            tuple("True", "Good"),
            tuple("True", "Running"),
            tuple("False", "NotStalled"),
            tuple("False", "NotSuspended"));
    assertThat(running.conditionsBeside(Standing.stalled("Bad", "one"), null, 3L, NOW))
        .extracting(Condition::status, Condition::reason)
        .containsExactly(
            tuple("False", "Bad"),
            tuple("True", "Running"),
            tuple("True", "Bad"),
            tuple("False", "NotSuspended"));
  }

  @Test
  void theSameStandingIsTheSameList() {
    List<Condition> before = Standing.stalled("A", "a").conditions(null, 1L, NOW);
    assertThat(Standing.stalled("A", "a").conditions(before, 1L, NOW.plusSeconds(9)))
        .isEqualTo(before);
  }
}
