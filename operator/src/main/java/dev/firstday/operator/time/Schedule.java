package dev.firstday.operator.time;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.stream.Stream;

/** A cron expression of five fields, read by the clocks of a time zone. */
public record Schedule(ExecutionTime times, ZoneId zone) {
  /** A Saturday of a leap year, so that every date there is lies ahead. */
  private static final Instant TRIAL = Instant.parse("2000-01-01T00:00:00Z");

  /**
   * @param field that has {@code schedule} and {@code timeZone}, as spec.refresh
   * @param cron five fields
   * @param timeZone null: UTC
   * @throws IllegalArgumentException when there is no such schedule or zone, or when it never
   *     comes; the message names field and cure
   */
  public static Schedule of(String field, String cron, String timeZone) {
    Schedule schedule = new Schedule(times(field, cron), zone(field, timeZone));
    if (schedule.after(TRIAL).isEmpty()) {
      throw new IllegalArgumentException(
          "%s.schedule: \"%s\" never comes; name a date that there is".formatted(field, cron));
    }
    return schedule;
  }

  /**
   * The first time after that one. When the clocks go back, a time that comes twice counts once,
   * unless the schedule has one in every hour; when they go forward, a time that is left out comes
   * at once.
   */
  public Optional<Instant> after(Instant time) {
    Optional<Instant> next = next(time.atZone(zone));
    return Stream.of(leftOut(time), next)
        .flatMap(Optional::stream)
        .filter(time::isBefore)
        .min(Instant::compareTo);
  }

  /** The end of the gap in the clocks' time that the next time of the schedule falls into. */
  private Optional<Instant> leftOut(Instant time) {
    return next(time.atZone(zone).toLocalDateTime().atZone(ZoneOffset.UTC))
        .map(local -> LocalDateTime.ofInstant(local, ZoneOffset.UTC))
        .map(zone.getRules()::getTransition)
        .filter(transition -> transition.isGap())
        .map(transition -> transition.getInstant());
  }

  private Optional<Instant> next(ZonedDateTime time) {
    return times.nextExecution(time).map(ZonedDateTime::toInstant);
  }

  private static ExecutionTime times(String field, String cron) {
    try {
      return ExecutionTime.forCron(
          new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(cron));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s.schedule: \"%s\" is no cron expression (%s); write minute, hour, day of month, month and day of week, as 0 6 * * 1-5"
              .formatted(field, cron, e.getMessage()),
          e);
    }
  }

  private static ZoneId zone(String field, String name) {
    try {
      return name == null ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s.timeZone: \"%s\" is no time zone; write one as Europe/Vienna".formatted(field, name),
          e);
    }
  }
}
