package dev.firstday.cli.terminal;

import dev.firstday.api.RetentionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What retention did with versions, as people read it. */
public final class RetentionWords {
  private RetentionWords() {}

  public static String of(RetentionState retention, Instant now) {
    List<String> parts = new ArrayList<>();
    numbers(parts, "marked", retention.marked());
    numbers(parts, "deleted", retention.deleted());
    numbers(parts, "would mark", retention.wouldMark());
    numbers(parts, "would delete", retention.wouldDelete());
    if (retention.bytes() != null && retention.bytes() > 0) {
      parts.add(Words.bytes(retention.bytes()));
    }
    if (retention.nextAt() != null) {
      parts.add("next deletion " + Words.time(retention.nextAt(), now));
    }
    return parts.isEmpty() ? "nothing to sweep" : String.join("; ", parts);
  }

  private static void numbers(List<String> parts, String word, List<Integer> numbers) {
    if (numbers != null && !numbers.isEmpty()) {
      parts.add(word + " " + ranges(numbers));
    }
  }

  /** Ascending numbers, as {@code 1-4, 6}. */
  private static String ranges(List<Integer> numbers) {
    List<String> ranges = new ArrayList<>();
    int from = numbers.get(0);
    for (int i = 0; i < numbers.size(); i++) {
      int number = numbers.get(i);
      if (i + 1 == numbers.size() || numbers.get(i + 1) != number + 1) {
        ranges.add(from == number ? String.valueOf(number) : from + "-" + number);
        from = i + 1 < numbers.size() ? numbers.get(i + 1) : from;
      }
    }
    return String.join(", ", ranges);
  }
}
