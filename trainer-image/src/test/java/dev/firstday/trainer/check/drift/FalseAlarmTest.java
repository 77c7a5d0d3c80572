package dev.firstday.trainer.check.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetCheck.DriftMethod;
import dev.firstday.trainer.check.drift.Simulation.Tally;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code -Ddrift.comparisons=10000} gives the figures of the documentation. */
class FalseAlarmTest {
  private static final int COMPARISONS = Integer.getInteger("drift.comparisons", 400);

  @ParameterizedTest
  @CsvSource({"200, 200", "2000, 2000", "20000, 20000", "20000, 200", "200, 20000"})
  void samplesOfTheSameSourceHardlyEverAlarm(int reference, int current) {
    Map<DriftMethod, Tally> tallies = new Simulation(1).same(reference, current, COMPARISONS);

    tallies.forEach(
        (method, tally) ->
            print(
                "drift false alarms: %d %d %s %d %.3f %.3f %.3f",
                reference,
                current,
                method,
                tally.comparisons(),
                tally.percent(tally.alarms()),
                tally.percent(tally.beyondNoise()),
                tally.percent(tally.uncorrected())));
    assertThat(tallies)
        .allSatisfy(
            (method, tally) -> assertThat(tally.percent(tally.beyondNoise())).isLessThan(1));
  }

  @Test
  void halfADeviationIsFound() {
    int rows = 2000;
    Map<DriftMethod, Tally> tallies = new Simulation(2).shifted(rows, COMPARISONS / 10, 0.5);

    tallies.forEach(
        (method, tally) ->
            print(
                "drift found: %d %s %d %.2f",
                rows, method, tally.comparisons(), tally.percent(tally.alarms())));
    assertThat(tallies)
        .allSatisfy((method, tally) -> assertThat(tally.percent(tally.alarms())).isGreaterThan(99));
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
