package dev.firstday.cli.rollout;

import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.Rejection;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The versions that were rolled back last, why, and which requests show it. */
final class RejectionsView {
  private static final int SHOWN = 3;

  private RejectionsView() {}

  /**
   * @param generation of the spec: what was rolled back for an earlier one may be tried again
   */
  static List<String> lines(
      ModelDeploymentStatus status, Long generation, Instant now, Style style) {
    List<Rejection> rejections = status.rejected() == null ? List.of() : status.rejected();
    List<String> lines = new ArrayList<>();
    for (Rejection rejection : rejections.subList(0, Math.min(SHOWN, rejections.size()))) {
      boolean earlier = generation != null && !generation.equals(rejection.generation());
      lines.add(
          "  version %d: %s%s%s"
              .formatted(
                  rejection.number(),
                  style.paint(Paint.BAD, rejection.reason()),
                  rejection.at() == null ? "" : ", " + Words.time(rejection.at(), now),
                  earlier ? ", for an earlier spec" : ""));
      lines.addAll(Words.wrap("    ", rejection.message() == null ? "" : rejection.message()));
      if (rejection.examples() != null) {
        lines.addAll(requests("    ", rejection.examples()));
      }
    }
    if (rejections.size() > SHOWN) {
      lines.add("  and %d before".formatted(rejections.size() - SHOWN));
    }
    return lines;
  }

  /** Ids of requests, whole, so that they can be copied. */
  static List<String> requests(String indent, List<String> ids) {
    List<String> lines = Words.wrap(indent + "requests ", ids, ", ");
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      shown.add(i == 0 ? lines.get(i) : lines.get(i).replaceFirst("requests", "        "));
    }
    return shown;
  }
}
