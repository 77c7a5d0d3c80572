package dev.firstday.cli.demo;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows a person how far things are. On a terminal the line of the step under way is written anew
 * again and again; elsewhere each change is a line of its own.
 */
final class Progress {
  private static final int NAME_WIDTH = 13;
  private static final int BAR_WIDTH = 24;
  private static final int LINE_WIDTH = 110;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private String step = "";
  private String shown = "";

  /**
   * @param terminal whether a line can be written over
   */
  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void line(String text) {
    clear();
    out.println(text);
    out.flush();
  }

  /** What follows is about this step. */
  void begin(String name) {
    step = name;
    shown = "";
    if (terminal) {
      update("...");
    }
  }

  void update(String text) {
    if (text.equals(shown)) {
      return;
    }
    shown = text;
    if (terminal) {
      out.print(CLEAR_LINE + cut(label() + text));
    } else {
      out.println(label() + text);
    }
    out.flush();
  }

  /** A bar where one can be drawn; elsewhere only the text. */
  void bar(double share, String text) {
    if (!terminal) {
      update(text);
      return;
    }
    int filled = (int) Math.round(Math.max(0, Math.min(1, share)) * BAR_WIDTH);
    update("[" + "#".repeat(filled) + "-".repeat(BAR_WIDTH - filled) + "] " + text);
  }

  /** A bar for what is soon over: where lines stay, it would only be noise. */
  void passing(double share, String text) {
    if (terminal) {
      bar(share, text);
    }
  }

  void done(String result, double seconds) {
    clear();
    out.println(label() + result + String.format(Locale.ROOT, "  (%.1f s)", seconds));
    out.flush();
  }

  private void clear() {
    if (terminal) {
      out.print(CLEAR_LINE);
    }
  }

  private String label() {
    return "  " + step + " ".repeat(Math.max(1, NAME_WIDTH - step.length()));
  }

  private static String cut(String text) {
    return text.length() <= LINE_WIDTH ? text : text.substring(0, LINE_WIDTH - 3) + "...";
  }
}
