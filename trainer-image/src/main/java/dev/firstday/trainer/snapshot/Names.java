package dev.firstday.trainer.snapshot;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists names, and guesses which one was meant. */
final class Names {
  private Names() {}

  static String list(List<String> names) {
    return String.join(", ", names);
  }

  /** ", did you mean x?" when something is near enough. */
  static String hint(String wrong, Collection<String> there) {
    return nearest(wrong, there).map(name -> " (did you mean " + name + "?)").orElse("");
  }

  static Optional<String> nearest(String wrong, Collection<String> there) {
    return there.stream()
        .filter(name -> distance(wrong, name) <= Math.max(1, wrong.length() / 3))
        .min(Comparator.comparingInt(name -> distance(wrong, name)));
  }

  /** Levenshtein, case not counted. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
