package dev.firstday.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docs/metrics.md is what alerts and dashboards are checked against. */
public final class MetricsTable {
  private static final Path TABLES = Path.of("..", "docs", "metrics.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(firstday_\\w+)` \\|");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (firstday_\\w+) ");

  private MetricsTable() {}

  /**
   * Names in a section.
   *
   * @param heading without its marks
   */
  public static Set<String> of(String heading) {
    String text;
    try {
      text = Files.readString(TABLES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String after = text.substring(text.indexOf("## " + heading) + 3);
    int end = after.indexOf("\n## ");
    return names(ROW, end < 0 ? after : after.substring(0, end));
  }

  /** Names that a process tells of, with or without a value yet. */
  public static Set<String> toldIn(String scrape) {
    Set<String> names = names(TYPE, scrape);
    names.removeIf(name -> name.endsWith("_created"));
    return names;
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
