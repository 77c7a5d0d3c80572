package dev.firstday.server.predict;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Guesses which name was meant: the one with the smallest Levenshtein distance. */
final class NearestName {
  private static final int LONGEST = 100;

  private NearestName() {}

  /**
   * @param names at least one
   */
  static String of(String given, Collection<String> names) {
    return names.stream()
        .sorted()
        .min(Comparator.comparingInt(name -> distance(prepared(given), prepared(name))))
        .orElseThrow();
  }

  private static String prepared(String name) {
    return name.substring(0, Math.min(name.length(), LONGEST)).toLowerCase(Locale.ROOT);
  }

  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] line = new int[b.length() + 1];
      line[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        line[j] = Math.min(change, Math.min(above[j], line[j - 1]) + 1);
      }
      above = line;
    }
    return above[b.length()];
  }
}
