package dev.firstday.cli.terminal;

import dev.firstday.cli.terminal.Style.Paint;
import java.util.ArrayList;
import java.util.List;

/** Lines for a person, in sections with an empty line before each. */
public final class Page {
  private final Style style;
  private final List<String> lines;

  /**
   * @param heading what stands at the top
   */
  public Page(List<String> heading, Style style) {
    this.style = style;
    this.lines = new ArrayList<>(heading);
  }

  /** A section without a title of its own; one without lines is left out. */
  public void section(List<String> body) {
    section("", body);
  }

  /** A section below a title; one without lines is left out, and its title too. */
  public void section(String title, List<String> body) {
    if (!body.isEmpty()) {
      lines.add("");
      if (!title.isEmpty()) {
        lines.add(style.paint(Paint.STRONG, title));
      }
      lines.addAll(body);
    }
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }
}
