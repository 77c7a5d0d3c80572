package dev.firstday.trainer.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Lines in a square, as SVG.
 *
 * @param title above it
 * @param across what the horizontal axis means
 * @param up what the vertical axis means
 * @param x the horizontal axis
 * @param y the vertical axis
 */
record Chart(String title, String across, String up, Range x, Range y, List<Line> lines) {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int LEFT = 64;
  private static final int TOP = 24;
  private static final int BOTTOM = 40;
  private static final int RIGHT = 12;

  /** Where an axis begins and ends. */
  record Range(double from, double to) {
    static final Range SHARE = new Range(0, 1);

    /** From the least to the greatest of values that are numbers. */
    static Range of(List<Double> values) {
      double from = Double.POSITIVE_INFINITY;
      double to = Double.NEGATIVE_INFINITY;
      for (double value : values) {
        if (Double.isFinite(value)) {
          from = Math.min(from, value);
          to = Math.max(to, value);
        }
      }
      if (from > to) {
        return SHARE;
      }
      return from < to ? new Range(from, to) : new Range(from - 0.5, to + 0.5);
    }

    private double share(double value) {
      return (value - from) / (to - from);
    }
  }

  /**
   * @param style class of the page's style sheet
   * @param dots whether each point is marked
   */
  record Line(String name, String style, List<double[]> points, boolean dots) {}

  ContainerTag<?> svg() {
    ContainerTag<?> svg =
        tag("svg")
            .attr("viewBox", "0 0 %d %d".formatted(WIDTH, HEIGHT))
            .attr("width", WIDTH)
            .attr("height", HEIGHT)
            .attr("role", "img");
    svg.with(tag("title").withText(title));
    svg.with(frame());
    svg.with(text(title, WIDTH / 2.0, 14, "middle"));
    svg.with(text(across, WIDTH / 2.0, HEIGHT - 6, "middle"));
    svg.with(text(Figures.number(x.from()), LEFT, HEIGHT - BOTTOM + 14, "start"));
    svg.with(text(Figures.number(x.to()), WIDTH - RIGHT, HEIGHT - BOTTOM + 14, "end"));
    svg.with(text(Figures.number(y.from()), LEFT - 4, HEIGHT - BOTTOM, "end"));
    svg.with(text(Figures.number(y.to()), LEFT - 4, TOP + 10, "end"));
    svg.with(text(up, LEFT - 4, (TOP + HEIGHT - BOTTOM) / 2.0, "end"));
    for (int i = 0; i < lines.size(); i++) {
      svg.with(drawn(lines.get(i)));
      svg.with(
          text(lines.get(i).name(), WIDTH - RIGHT - 6, HEIGHT - BOTTOM - 8 - 14.0 * i, "end")
              .attr("class", "name " + lines.get(i).style()));
    }
    return svg;
  }

  private static ContainerTag<?> frame() {
    return tag("rect")
        .attr("class", "frame")
        .attr("x", LEFT)
        .attr("y", TOP)
        .attr("width", WIDTH - LEFT - RIGHT)
        .attr("height", HEIGHT - TOP - BOTTOM);
  }

  private List<ContainerTag<?>> drawn(Line line) {
    List<double[]> finite =
        line.points().stream()
            .filter(point -> Double.isFinite(point[0]) && Double.isFinite(point[1]))
            .toList();
    List<ContainerTag<?>> drawn = new ArrayList<>();
    drawn.add(
        tag("polyline")
            .attr("class", "line " + line.style())
            .attr(
                "points",
                finite.stream()
                    .map(point -> at(point[0]) + "," + up(point[1]))
                    .collect(Collectors.joining(" "))));
    if (line.dots()) {
      for (double[] point : finite) {
        drawn.add(
            tag("circle")
                .attr("class", "dot " + line.style())
                .attr("cx", at(point[0]))
                .attr("cy", up(point[1]))
                .attr("r", 3));
      }
    }
    return drawn;
  }

  private String at(double value) {
    return pixel(LEFT + x.share(value) * (WIDTH - LEFT - RIGHT));
  }

  private String up(double value) {
    return pixel(HEIGHT - BOTTOM - y.share(value) * (HEIGHT - TOP - BOTTOM));
  }

  private static ContainerTag<?> text(String text, double x, double y, String anchor) {
    return tag("text")
        .attr("x", pixel(x))
        .attr("y", pixel(y))
        .attr("text-anchor", anchor)
        .withText(text);
  }

  private static String pixel(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
