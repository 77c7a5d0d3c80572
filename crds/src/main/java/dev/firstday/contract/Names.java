package dev.firstday.contract;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists names, and guesses which one was meant. */
public final class Names {
  private static final int LONGEST = 100;

  private Names() {}

  public static String list(List<String> names) {
    return String.join(", ", names);
  }

  /** {@code " (did you mean x?)"} when something is near enough, or nothing. */
  public static String hint(String wrong, Collection<String> there) {
    return nearest(wrong, there).map(name -> " (did you mean " + name + "?)").orElse("");
  }

  private static Optional<String> nearest(String wrong, Collection<String> there) {
    return there.stream()
        .filter(name -> distance(wrong, name) <= Math.max(1, wrong.length() / 3))
        .min(Comparator.comparingInt(name -> distance(wrong, name)));
  }

  /** Names come from anybody, and the time that a comparison takes grows with the square. */
  private static String prepared(String name) {
    return name.substring(0, Math.min(name.length(), LONGEST)).toLowerCase(Locale.ROOT);
  }

  /** Levenshtein, case not counted. */
  private static int distance(String left, String right) {
    String a = prepared(left);
    String b = prepared(right);
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
