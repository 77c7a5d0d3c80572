package dev.firstday.operator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

  /** Vienna is an hour ahead of UTC in winter and two in summer; UTC has no summer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 6 * * *    |               | 2026-01-01T05:59:59Z | 2026-01-01T06:00:00Z",
        "0 6 * * *    |               | 2026-01-01T06:00:00Z | 2026-01-02T06:00:00Z",
        "0 6 * * *    | Europe/Vienna | 2026-01-01T00:00:00Z | 2026-01-01T05:00:00Z",
        "0 6 * * *    | Europe/Vienna | 2026-07-01T00:00:00Z | 2026-07-01T04:00:00Z",
        "0 6 * * 1-5  |               | 2026-01-02T06:00:00Z | 2026-01-05T06:00:00Z",
        "0 6 * * MON  |               | 2026-01-02T06:00:00Z | 2026-01-05T06:00:00Z",
        "0 6 * * 7    |               | 2026-01-02T06:00:00Z | 2026-01-04T06:00:00Z",
        "0 0 29 2 *   |               | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z",
        // day of month or day of week, as cron has it
        "0 0 13 * 5   |               | 2026-01-03T00:00:00Z | 2026-01-09T00:00:00Z",
        "0 0 13 * 5   |               | 2026-01-10T00:00:00Z | 2026-01-13T00:00:00Z",
      })
  void theNextTimeIsThatOfTheZonesClocks(String cron, String zone, Instant after, Instant next) {
    assertThat(schedule(cron, zone).after(after)).contains(next);
  }

  @Test
  void aTimeThatComesTwiceWhenTheClocksGoBackCountsOnce() {
    assertThat(times("30 2 * * *", "2026-10-24T12:00:00Z", 2))
        .containsExactly(
            Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-26T01:30:00Z"));
  }

  @Test
  void everyHourIsEveryHourWhenTheClocksGoBack() {
    assertThat(times("0 * * * *", "2026-10-24T23:30:00Z", 3))
        .containsExactly(
            Instant.parse("2026-10-25T00:00:00Z"),
            Instant.parse("2026-10-25T01:00:00Z"),
            Instant.parse("2026-10-25T02:00:00Z"));
  }

  @Test
  void aTimeThatIsLeftOutWhenTheClocksGoForwardComesAtOnce() {
    assertThat(times("30 2 * * *", "2026-03-28T12:00:00Z", 2))
        .containsExactly(
            Instant.parse("2026-03-29T01:00:00Z"), Instant.parse("2026-03-30T00:30:00Z"));
    assertThat(times("*/30 * * * *", "2026-03-29T00:10:00Z", 3))
        .containsExactly(
            Instant.parse("2026-03-29T00:30:00Z"),
            Instant.parse("2026-03-29T01:00:00Z"),
            Instant.parse("2026-03-29T01:30:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 25 * * *  |          | spec.refresh.schedule | minute, hour",
        "0 6 * *     |          | spec.refresh.schedule | expect one of [5]",
        "0 6 * * * * |          | spec.refresh.schedule | expect one of [5]",
        "@daily      |          | spec.refresh.schedule | as 0 6 * * 1-5",
        "at midnight |          | spec.refresh.schedule | no cron expression",
        "''          |          | spec.refresh.schedule | no cron expression",
        "0 0 30 2 *  |          | spec.refresh.schedule | never comes",
        "0 6 * * *   | Europe/Wien | spec.refresh.timeZone | as Europe/Vienna",
        "0 6 * * *   | ''       | spec.refresh.timeZone | no time zone",
      })
  void whatIsWrongIsNamedWithItsCure(String cron, String zone, String field, String says) {
    assertThatThrownBy(() -> schedule(cron, zone))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(field)
        .hasMessageContaining(says);
  }

  private static List<Instant> times(String cron, String after, int count) {
    Schedule schedule = schedule(cron, "Europe/Vienna");
    return Stream.iterate(Instant.parse(after), time -> schedule.after(time).orElseThrow())
        .skip(1)
        .limit(count)
        .toList();
  }

  private static Schedule schedule(String cron, String zone) {
    return Schedule.of("spec.refresh", cron, zone);
  }
}
