package dev.firstday.cli.apiserver.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;

/** The formats of strings that an API server checks; it takes all others for comments. */
final class Formats {
  private static final Pattern GO_DURATION =
      Pattern.compile("[-+]?(0|([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h|d|w))+");

  private Formats() {}

  static boolean accepts(String format, String text) {
    try {
      switch (format) {
        case "date-time" -> OffsetDateTime.parse(text);
        case "date" -> LocalDate.parse(text);
        case "byte" -> Base64.getDecoder().decode(text);
        case "uuid" -> UUID.fromString(text);
        case "duration" -> {
          return GO_DURATION.matcher(text).matches();
        }
        default -> {
          return true;
        }
      }
      return true;
    } catch (DateTimeException | IllegalArgumentException e) {
      return false;
    }
  }
}
