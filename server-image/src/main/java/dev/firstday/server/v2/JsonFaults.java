package dev.firstday.server.v2;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What is wrong with a text that is not JSON, without the parser's words for its programmers. */
final class JsonFaults {
  /** As in {@code (start marker at [Source: REDACTED (...); line: 1, column: 1])}. */
  private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;\\]]*; ([^\\]]*)\\]");

  /** As in {@code : enable `JsonReadFeature.NAME` to allow}. */
  private static final Pattern FEATURE = Pattern.compile(": enable `[^`]*` to allow");

  /** As in {@code (100, from `StreamReadConstraints.getMaxNestingDepth()`)}. */
  private static final Pattern CONSTRAINT = Pattern.compile(", from `[^`]*`");

  private JsonFaults() {}

  /** The fault and its place, as {@code the body is not JSON at line 1, column 7: ...}. */
  static String words(JsonProcessingException e) {
    JsonLocation place = e.getLocation();
    String at =
        place == null
            ? ""
            : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    return "the body is not JSON%s: %s".formatted(at, plain(e.getOriginalMessage()));
  }

  private static String plain(String message) {
    String placed = SOURCE.matcher(message).replaceAll("$1");
    String allowed = FEATURE.matcher(placed).replaceAll("");
    return CONSTRAINT.matcher(allowed).replaceAll("");
  }
}
