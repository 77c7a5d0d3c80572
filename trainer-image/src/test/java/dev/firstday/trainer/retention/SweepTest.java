package dev.firstday.trainer.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.firstday.api.Retention;
import dev.firstday.sdk.store.SweepMarks.State;
import dev.firstday.trainer.retention.Sweep.Action;
import dev.firstday.trainer.retention.Sweep.Decision;
import dev.firstday.trainer.retention.Sweep.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final Instant NOW = Instant.parse("2026-01-10T12:00:00Z");
  private static final Instant RECORDED = NOW.minus(Duration.ofDays(20));

  @Test
  void marksGoodVersionsBeyondTheNewest() {
    assertThat(plan(keep(2), good(1), good(4), good(3), good(2)))
        .extracting(Decision::number, Decision::action, Decision::reason, Decision::at)
        .containsExactly(
            tuple(4, Action.KEEP, "one of the newest 2", null),
            tuple(3, Action.KEEP, "one of the newest 2", null),
            tuple(2, Action.MARK, "beyond the newest 2", NOW.plus(Duration.ofDays(7))),
            tuple(1, Action.MARK, "beyond the newest 2", NOW.plus(Duration.ofDays(7))));
  }

  @Test
  void keepsGoodVersionsOfSomeAge() {
    assertThat(plan(new Retention(1, 21, null, null), good(3), good(2), refused(1)))
        .extracting(Decision::number, Decision::action, Decision::reason, Decision::at)
        .containsExactly(
            tuple(3, Action.KEEP, "one of the newest 1", null),
            tuple(2, Action.KEEP, "younger than 21 days", NOW.plus(Duration.ofDays(1))),
            tuple(
                1,
                Action.MARK,
                "refused, and a later version is good",
                NOW.plus(Duration.ofDays(7))));
    assertThat(actions(plan(new Retention(1, 20, null, null), good(3), good(2))))
        .containsExactly(Action.KEEP, Action.MARK);
  }

  @Test
  void keepsWhatIsReferredTo() {
    List<Decision> decisions =
        Sweep.plan(
            List.of(good(3), good(2), good(1)), Map.of(1, "late/4 learnt from it"), keep(1), NOW);

    assertThat(decisions)
        .extracting(Decision::action)
        .containsExactly(Action.KEEP, Action.MARK, Action.KEEP);
    assertThat(decisions.get(2).reason()).isEqualTo("late/4 learnt from it");
  }

  @Test
  void keepsRefusedVersionsSinceTheNewestGoodOneOnly() {
    assertThat(plan(keep(1), refused(4), good(3), refused(2), good(1)))
        .extracting(Decision::number, Decision::action, Decision::reason)
        .containsExactly(
            tuple(4, Action.KEEP, "refused, and no later version is good"),
            tuple(3, Action.KEEP, "one of the newest 1"),
            tuple(2, Action.MARK, "refused, and a later version is good"),
            tuple(1, Action.MARK, "beyond the newest 1"));
    assertThat(plan(keep(1), refused(2), refused(1)))
        .extracting(Decision::action)
        .containsOnly(Action.KEEP);
  }

  @Test
  void waitsUntilTheGracePeriodIsOver() {
    Instant due = NOW.minus(Duration.ofDays(3));
    Version justDue = version(1, State.MARKED, due);
    Version notYet = version(2, State.MARKED, due.plusSeconds(1));

    assertThat(plan(new Retention(1, null, 3, null), good(3), notYet, justDue))
        .extracting(Decision::number, Decision::action, Decision::at)
        .containsExactly(
            tuple(3, Action.KEEP, null),
            tuple(2, Action.WAIT, NOW.plusSeconds(1)),
            tuple(1, Action.DELETE, NOW));
  }

  @Test
  void takesAMarkBackWhenAVersionIsNeededAgain() {
    Version marked = version(1, State.MARKED, NOW.minus(Duration.ofDays(30)));

    assertThat(actions(Sweep.plan(List.of(good(2), marked), Map.of(1, "x"), keep(1), NOW)))
        .containsExactly(Action.KEEP, Action.UNMARK);
    assertThat(actions(plan(keep(2), good(2), marked))).containsExactly(Action.KEEP, Action.UNMARK);
    assertThat(actions(plan(null, good(2), marked))).containsExactly(Action.KEEP, Action.UNMARK);
  }

  @Test
  void finishesADeletionUnlessSomethingRefersToTheVersion() {
    Version deleting = version(1, State.DELETING, NOW);

    assertThat(actions(plan(keep(5), good(2), deleting)))
        .containsExactly(Action.KEEP, Action.DELETE);
    assertThat(actions(plan(null, good(2), deleting))).containsExactly(Action.KEEP, Action.DELETE);
    assertThat(actions(Sweep.plan(List.of(good(2), deleting), Map.of(1, "x"), keep(1), NOW)))
        .containsExactly(Action.KEEP, Action.UNMARK);
  }

  @Test
  void doesNotCountVersionsWithoutRows() {
    Version deleted = version(3, State.DELETED, null);

    assertThat(actions(plan(keep(2), deleted, good(2), good(1))))
        .containsExactly(Action.NONE, Action.KEEP, Action.KEEP);
  }

  @Test
  void keepsEverythingWithoutRetention() {
    assertThat(actions(plan(null, good(3), refused(2), good(1)))).containsOnly(Action.KEEP);
  }

  private static List<Decision> plan(Retention retention, Version... versions) {
    return Sweep.plan(List.of(versions), Map.of(), retention, NOW);
  }

  private static List<Action> actions(List<Decision> decisions) {
    return decisions.stream().map(Decision::action).toList();
  }

  private static Retention keep(int versions) {
    return new Retention(versions, null, null, null);
  }

  private static Version good(int number) {
    return version(number, null, null);
  }

  private static Version refused(int number) {
    return new Version(number, "digest", true, RECORDED, null, null);
  }

  private static Version version(int number, State state, Instant markedAt) {
    return new Version(number, "digest", false, RECORDED, state, markedAt);
  }
}
