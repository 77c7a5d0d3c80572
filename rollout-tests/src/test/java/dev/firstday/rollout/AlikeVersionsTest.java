package dev.firstday.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentSpec.Shadow;
import dev.firstday.rollout.SimulatedRollout.Callers;
import dev.firstday.rollout.SimulatedRollout.End;
import dev.firstday.rollout.SimulatedRollout.Result;
import dev.firstday.server.route.SimulatedVersion;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Rollouts of versions that are as good as the stable one. {@code -Drollouts.simulated=1000}
 * simulates that many of each kind.
 */
class AlikeVersionsTest {
  private static final int ROLLOUTS = Integer.getInteger("rollouts.simulated", 30);
  private static final int MOST_REQUESTS = 3000;
  private static final int GOLDEN_REQUESTS = 20;

  @Test
  void hardlyAnyIsRolledBack() {
    List<Result> results = simulate(false);

    assertThat(count(results, End.ROLLED_BACK)).isLessThanOrEqualTo((ROLLOUTS + 99) / 100);
    assertThat(count(results, End.PROMOTED)).isGreaterThan(ROLLOUTS / 2);
    assertThat(results).anyMatch(result -> result.labelled() > 0);
  }

  @Test
  void anIncidentThatHitsBothVersionsRollsHardlyAnyBack() {
    List<Result> results = simulate(true);

    assertThat(count(results, End.ROLLED_BACK)).isLessThanOrEqualTo((ROLLOUTS + 99) / 100);
    assertThat(results).anyMatch(result -> result.callersFailed() > 100);
  }

  private static List<Result> simulate(boolean incidents) {
    List<Result> results =
        IntStream.range(0, ROLLOUTS).parallel().mapToObj(i -> rollout(i, incidents)).toList();
    results.stream()
        .filter(result -> result.end() == End.ROLLED_BACK)
        .forEach(result -> System.out.println(result.reason() + ": " + result.message()));
    System.out.printf(
        "alike versions, %s: %d rolled back, %d promoted, %d undecided%n",
        incidents ? "incident" : "quiet",
        count(results, End.ROLLED_BACK),
        count(results, End.PROMOTED),
        count(results, End.UNDECIDED));
    return results;
  }

  private static long count(List<Result> results, End end) {
    return results.stream().filter(result -> result.end() == end).count();
  }

  private static Result rollout(int seed, boolean incidents) {
    SplittableRandom random = new SplittableRandom(seed);
    double perSecond = Math.exp(random.nextDouble(Math.log(2), Math.log(100)));
    // two that contradict each so many rows disagree on less than twice that
    double contrary = random.nextBoolean() ? 0 : random.nextDouble(0.105);
    SyntheticVersion.Traits traits =
        new SyntheticVersion.Traits(
            contrary,
            random.nextBoolean() ? 0 : random.nextDouble(0.03),
            random.nextDouble(1e6, 2e7),
            random.nextDouble(0.2, 0.8));
    Callers callers =
        new Callers(
            perSecond,
            random.nextInt(1, 4),
            0,
            random.nextInt(4) == 0 ? 0.3 : 0,
            random.nextInt(5) == 0,
            MOST_REQUESTS);
    SimulatedClock clock = new SimulatedClock();
    Incident incident = incidents ? incident(perSecond, random) : Incident.NONE;
    return new SimulatedRollout(
            spec(seed),
            version(traits, incident, clock, random),
            version(traits, incident, clock, random),
            callers,
            random.split(),
            clock)
        .run();
  }

  private static SimulatedVersion version(
      SyntheticVersion.Traits traits,
      Incident incident,
      SimulatedClock clock,
      SplittableRandom random) {
    return incident.hit(
        new SyntheticVersion(traits, random.split(), GOLDEN_REQUESTS), clock, random.split());
  }

  /** At any time of the rollout, the golden requests' too. */
  private static Incident incident(double perSecond, SplittableRandom random) {
    double from = random.nextDouble(5) + random.nextDouble(1000) / perSecond;
    double length = random.nextDouble(50, 1500) / perSecond;
    return new Incident(
        from,
        from + length,
        share(0.5, random),
        share(0.3, random),
        share(0.2, random),
        random.nextDouble(1, 10));
  }

  private static double share(double most, SplittableRandom random) {
    return random.nextBoolean() ? 0 : random.nextDouble(most);
  }

  private static Rollout spec(int seed) {
    Checks slices =
        new Checks(null, null, null, null, null, null, List.of("carrier"), null, null, null, null);
    return switch (seed % 4) {
      case 0 -> Rollout.DEFAULT;
      case 1 -> new Rollout(null, new Shadow(45), null, null, null, null, null, null, null);
      case 2 -> new Rollout(null, new Shadow(100), List.of(), slices, null, null, null, null, null);
      default -> new Rollout(null, null, null, slices, null, 60L, null, null, null);
    };
  }
}
