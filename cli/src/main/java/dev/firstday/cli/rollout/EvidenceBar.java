package dev.firstday.cli.rollout;

import dev.firstday.cli.terminal.Style;

/** Draws how far evidence has come: from the middle to the left for Pass, to the right for Fail. */
final class EvidenceBar {
  /** Stands above the bar, as wide as it is. */
  static final String TITLE = "Pass   Fail";

  private static final int HALF = 5;
  private static final double FULL = 100;

  private EvidenceBar() {}

  /**
   * @param evidence in percent of what a verdict needs, below 0 towards Pass; null: there is none
   */
  static String of(Double evidence, Style style) {
    if (evidence == null) {
      return "";
    }
    int filled = (int) Math.min(HALF, Math.round(Math.abs(evidence) / FULL * HALF));
    String full = style.symbol("█", "#").repeat(filled);
    String rest = style.symbol("░", ".").repeat(HALF - filled);
    String none = style.symbol("░", ".").repeat(HALF);
    String middle = style.symbol("┃", "|");
    return evidence < 0 ? rest + full + middle + none : none + middle + full + rest;
  }
}
