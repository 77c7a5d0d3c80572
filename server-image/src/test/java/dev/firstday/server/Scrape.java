package dev.firstday.server;

/** What Prometheus would read. */
public final class Scrape {
  private Scrape() {}

  /**
   * A series' value; 0 where it has none.
   *
   * @param metrics as a server answers them
   */
  public static double value(String metrics, String series) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .sum();
  }
}
