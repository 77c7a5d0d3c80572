package dev.firstday.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Risk;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentSpec.Shadow;
import dev.firstday.rollout.SimulatedRollout.Callers;
import dev.firstday.rollout.SimulatedRollout.End;
import dev.firstday.rollout.SimulatedRollout.Result;
import dev.firstday.server.http.Call;
import dev.firstday.server.http.Reply;
import dev.firstday.server.predict.TrainedVersion;
import dev.firstday.server.route.SimulatedVersion;
import dev.firstday.server.route.SimulatedVersion.Answer;
import dev.firstday.server.v2.V2;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Candidates with faults: each is rolled back, and soon. {@code -Dfaults.simulated=200} simulates
 * that many rollouts of each.
 */
class PlantedFaultsTest {
  private static final int ROLLOUTS = Integer.getInteger("faults.simulated", 15);
  private static final int MOST_REQUESTS = 5_000;
  private static final int GOLDEN_REQUESTS = 20;

  /** The median of a few says little. */
  private static final int WITHIN_PERCENT = ROLLOUTS < 100 ? 50 : 25;

  private static final SyntheticVersion.Traits SOUND = new SyntheticVersion.Traits(0, 0, 5e6, 0.5);

  private static TrainedVersion sound;

  @BeforeAll
  static void train() {
    sound = Flights.all().learn();
  }

  @AfterAll
  static void stop() {
    sound.close();
  }

  @Test
  void statusesOf500() {
    assertFound("500s", "CandidateErrors", Rollout.DEFAULT, faulty(0.3, PlantedFaultsTest::fails));
  }

  private static Answer fails(Call call, Answer right) {
    return Answer.of(Reply.json(500, V2.error("a bug")), right.nanos());
  }

  @Test
  void answersThatAreNotNumbers() {
    assertFound("NaN", "CandidateNotFinite", Rollout.DEFAULT, faulty(0.3, PlantedFaultsTest::nan));
  }

  private static Answer nan(Call call, Answer right) {
    boolean[] late = SyntheticVersion.truth(call);
    double[] probability = new double[late.length];
    Arrays.fill(probability, Double.NaN);
    return Answer.of(SyntheticVersion.answer(call.id(), late, probability), right.nanos());
  }

  /**
   * @param spread the more an answer's time varies anyway, the nearer three times of it is to the
   *     stable version's 95th percentile
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5})
  void threeTimesTheLatency(double spread) {
    assertFound(
        "3 x latency, deviation %s".formatted(spread),
        "CandidateSlow",
        Rollout.DEFAULT,
        faulty(
            new SyntheticVersion.Traits(0, 0, 5e6, spread),
            1,
            (call, right) -> Answer.of(right.reply(), 3 * right.nanos())));
  }

  @Test
  void columnsThatAreSwapped() {
    assertFoundBesideSound("swapped columns", Rollout.DEFAULT, Flights.all().withSwappedColumns());
  }

  @Test
  void aNormaliserOfOtherData() {
    assertFoundBesideSound(
        "stale normaliser", Rollout.DEFAULT, Flights.all().withStaleNormaliser());
  }

  @Test
  void aClassThatIsFlipped() {
    assertFoundBesideSound("flipped class", Rollout.DEFAULT, Flights.all().withFlippedClass());
  }

  @Test
  void aSliceThatIsWrong() {
    Checks slices =
        new Checks(null, null, null, null, null, null, List.of("carrier"), null, null, null, null);
    assertFoundBesideSound(
        "a wrong slice",
        new Rollout(null, null, null, slices, null, null, null, null, null),
        Flights.all().withFlippedClassOf("HA"));
  }

  /**
   * Of rows that disagree, at a tolerance of 5 % and a check's own risk of 1 %: the rollout's eight
   * checks share its risk.
   */
  @ParameterizedTest
  @CsvSource({"10, 229", "20, 37", "40, 9"})
  void disagreementIsFoundAsSoonAsTheTestCan(int percent, long expected) {
    Checks narrow = new Checks(null, null, null, null, 5.0, null, null, null, null, null, null);
    long pairs =
        assertFound(
                "%d %% of the rows disagree".formatted(percent),
                "DisagreementTooHigh",
                new Rollout(
                    null,
                    new Shadow(100),
                    null,
                    narrow,
                    new Risk(8.0, null),
                    null,
                    null,
                    null,
                    null),
                faulty(percent / 100.0, PlantedFaultsTest::disagrees))
            - GOLDEN_REQUESTS;

    System.out.printf("disagreement of %d %%: %d pairs, expected %d%n", percent, pairs, expected);
    assertThat(pairs).isCloseTo(expected, withinPercentage(WITHIN_PERCENT));
  }

  /** As many disagree as may, or fewer: the Pass of the one check that is near its bound. */
  @ParameterizedTest
  @CsvSource({"0, 80", "1, 128", "2.5, 406"})
  void agreementIsFoundAsSoonAsTheTestCan(double percent, long expected) {
    Checks narrow = new Checks(null, null, null, null, 5.0, null, null, null, null, null, null);
    Rollout spec =
        new Rollout(
            null, new Shadow(100), List.of(), narrow, new Risk(8.0, 5.0), null, null, null, null);
    List<Result> results = rollouts(spec, faulty(percent / 100, PlantedFaultsTest::disagrees));
    long pairs = medianPairs(results) - GOLDEN_REQUESTS;

    System.out.printf("agreement but for %s %%: %d pairs, expected %d%n", percent, pairs, expected);
    assertThat(results.stream().filter(r -> r.end() != End.PROMOTED).count())
        .isLessThanOrEqualTo((ROLLOUTS + 99) / 100);
    assertThat(pairs).isCloseTo(expected, withinPercentage(WITHIN_PERCENT));
  }

  private static Answer disagrees(Call call, Answer right) {
    boolean[] late = SyntheticVersion.truth(call);
    for (int row = 0; row < late.length; row++) {
      late[row] = !late[row];
    }
    return Answer.of(SyntheticVersion.answer(call.id(), late), right.nanos());
  }

  private static Function<SplittableRandom, List<SimulatedVersion>> faulty(
      double share, BiFunction<Call, Answer, Answer> fault) {
    return faulty(SOUND, share, fault);
  }

  private static Function<SplittableRandom, List<SimulatedVersion>> faulty(
      SyntheticVersion.Traits traits, double share, BiFunction<Call, Answer, Answer> fault) {
    return random -> {
      SimulatedVersion stable = new SyntheticVersion(traits, random.split(), GOLDEN_REQUESTS);
      SimulatedVersion same = new SyntheticVersion(traits, random.split(), GOLDEN_REQUESTS);
      return List.of(stable, new Faulty(same, share, fault, random.split()));
    };
  }

  private static void assertFoundBesideSound(String fault, Rollout spec, Flights learnt) {
    try (TrainedVersion candidate = learnt.learn()) {
      assertFound(fault, "DisagreementTooHigh", spec, random -> List.of(sound, candidate));
    }
  }

  /** The median of the pairs until the rollback. */
  private static long assertFound(
      String fault,
      String reason,
      Rollout spec,
      Function<SplittableRandom, List<SimulatedVersion>> versions) {
    List<Result> results = rollouts(spec, versions);
    long rolledBack = results.stream().filter(r -> r.end() == End.ROLLED_BACK).count();
    long median = medianPairs(results);
    Set<String> reasons =
        results.stream().map(Result::reason).collect(Collectors.toCollection(TreeSet::new));
    System.out.printf(
        "planted fault, %s: %d of %d rolled back, %d pairs, %s%n",
        fault, rolledBack, ROLLOUTS, median, String.join(" ", reasons));

    assertThat(rolledBack).isEqualTo(ROLLOUTS);
    assertThat(reasons).containsExactly(reason);
    assertThat(results).as("stable answers instead").allMatch(r -> r.callersFailed() == 0);
    return median;
  }

  private static List<Result> rollouts(
      Rollout spec, Function<SplittableRandom, List<SimulatedVersion>> versions) {
    return IntStream.range(0, ROLLOUTS)
        .parallel()
        .mapToObj(seed -> rollout(seed, spec, versions))
        .toList();
  }

  private static long medianPairs(List<Result> results) {
    return results.stream()
        .map(Result::pairs)
        .sorted()
        .skip(ROLLOUTS / 2)
        .findFirst()
        .orElseThrow();
  }

  /** Slow enough that the operator looks after each request. */
  private static Result rollout(
      int seed, Rollout spec, Function<SplittableRandom, List<SimulatedVersion>> versions) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SimulatedVersion> both = versions.apply(random);
    return new SimulatedRollout(
            spec,
            both.get(0),
            both.get(1),
            new Callers(0.05, 1, 0, 0, false, MOST_REQUESTS),
            random.split(),
            new SimulatedClock())
        .run();
  }
}
