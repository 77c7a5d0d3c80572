package dev.firstday.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentSpec.Shadow;
import dev.firstday.rollout.SimulatedRollout.Callers;
import dev.firstday.rollout.SimulatedRollout.End;
import dev.firstday.rollout.SimulatedRollout.Result;
import dev.firstday.server.http.Call;
import dev.firstday.server.http.Reply;
import dev.firstday.server.route.SimulatedVersion;
import dev.firstday.server.route.SimulatedVersion.Answer;
import dev.firstday.server.v2.V2;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Versions that are equally good, where few callers make all requests and what goes wrong goes
 * wrong for one of them at a time. {@code -Drollouts.simulated=1000} simulates that many of each
 * kind.
 */
class KeyedCallersTest {
  private static final int ROLLOUTS = Integer.getInteger("rollouts.simulated", 30);
  private static final int KEYS = 20;
  private static final int MOST_REQUESTS = 4000;
  private static final int GOLDEN_REQUESTS = 20;
  private static final SyntheticVersion.Traits SOUND = new SyntheticVersion.Traits(0, 0, 5e6, 0.5);

  @Test
  void errorsThatComeByTheCallerRollHardlyAnyBack() {
    assertHardlyAnyIsRolledBack("errors", 0.03, KeyedCallersTest::fails);
  }

  /** Two that contradict each so many rows disagree on less than twice that: 18 %, of 20. */
  @Test
  void disagreementThatComesByTheCallerRollsHardlyAnyBack() {
    assertHardlyAnyIsRolledBack("disagreement", 0.1, KeyedCallersTest::contradicts);
  }

  private static void assertHardlyAnyIsRolledBack(
      String what, double share, BiFunction<Call, Answer, Answer> fault) {
    List<Result> results =
        IntStream.range(0, ROLLOUTS)
            .parallel()
            .mapToObj(seed -> rollout(seed, share, fault))
            .toList();
    long rolledBack = results.stream().filter(r -> r.end() == End.ROLLED_BACK).count();
    System.out.printf(
        "alike versions, %s by the caller: %d rolled back, %d promoted, %d undecided%n",
        what,
        rolledBack,
        results.stream().filter(r -> r.end() == End.PROMOTED).count(),
        results.stream().filter(r -> r.end() == End.UNDECIDED).count());

    assertThat(rolledBack).isLessThanOrEqualTo((ROLLOUTS + 99) / 100);
    assertThat(results.stream().filter(r -> r.end() == End.PROMOTED).count())
        .as("evidence comes all the same")
        .isPositive();
  }

  private static Answer fails(Call call, Answer right) {
    return Answer.of(Reply.json(500, V2.error("a broken session")), right.nanos());
  }

  private static Answer contradicts(Call call, Answer right) {
    boolean[] late = SyntheticVersion.truth(call);
    for (int row = 0; row < late.length; row++) {
      late[row] = !late[row];
    }
    return Answer.of(SyntheticVersion.answer(call.id(), late), right.nanos());
  }

  private static Result rollout(int seed, double share, BiFunction<Call, Answer, Answer> fault) {
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedClock clock = new SimulatedClock();
    return new SimulatedRollout(
            spec(seed),
            version(share, fault, clock, random),
            version(share, fault, clock, random),
            new Callers(20, 3, KEYS, 0, false, MOST_REQUESTS),
            random.split(),
            clock)
        .run();
  }

  private static SimulatedVersion version(
      double share,
      BiFunction<Call, Answer, Answer> fault,
      SimulatedClock clock,
      SplittableRandom random) {
    return new Moody(
        new SyntheticVersion(SOUND, random.split(), GOLDEN_REQUESTS),
        clock,
        share,
        random.nextLong(),
        fault);
  }

  private static Rollout spec(int seed) {
    Checks slices =
        new Checks(null, null, null, null, null, null, List.of("carrier"), null, null, null, null);
    return switch (seed % 3) {
      case 0 -> Rollout.DEFAULT;
      case 1 -> new Rollout(null, new Shadow(100), null, null, null, null, null, null, null);
      default ->
          new Rollout(null, new Shadow(100), List.of(), slices, null, null, null, null, null);
    };
  }
}
