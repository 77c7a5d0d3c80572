package dev.firstday.operator.deployment;

import dev.firstday.api.RolloutCommand;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How messages say what people read in many of them. */
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Words() {}

  /** The command as people type it, as {@code firstday rollout approve late-arrival}. */
  static String say(RolloutCommand command, DeploymentObservation seen) {
    return "firstday rollout %s %s".formatted(command.word(), seen.name());
  }

  /** As {@code 2026-03-01 11:55:00 UTC}. */
  static String time(Instant time) {
    return TIME.format(time);
  }
}
