package dev.firstday.cli.rollout;

import dev.firstday.api.GoldenResults;
import dev.firstday.api.GoldenResults.Fault;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;

/** How many of the Model's golden cases were answered as expected, and which were not. */
final class CasesView {
  private CasesView() {}

  static List<String> lines(ModelDeploymentStatus status, Style style) {
    GoldenResults golden = status.rollout() == null ? null : status.rollout().golden();
    // a person may promote a version before any case was sent
    if (golden == null || status.candidate() == null && golden.cases() == 0) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(title(status, golden, style));
    golden.faults().forEach(fault -> lines.addAll(lines(fault, style)));
    int more = golden.failed() - golden.faults().size();
    if (more > 0) {
      lines.add("  and %d more".formatted(more));
    }
    return lines;
  }

  private static String title(ModelDeploymentStatus status, GoldenResults golden, Style style) {
    String whose =
        status.candidate() == null
            ? "Golden cases of the last rollout"
            : "Golden cases of version " + status.candidate().number();
    return "%s: %d/%d as expected%s"
        .formatted(
            style.paint(Paint.STRONG, whose),
            golden.passed(),
            golden.cases(),
            golden.done() ? "" : status.candidate() == null ? ", broken off" : ", under way");
  }

  private static List<String> lines(Fault fault, Style style) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "  %s  %s"
            .formatted(
                fault.invalid()
                    ? style.paint(Paint.WARNING, style.symbol("!", "invalid"))
                    : style.paint(Paint.BAD, style.symbol("✗", "FAILED")),
                fault.name()));
    lines.addAll(Words.wrap("      ", "expected " + fault.expected()));
    lines.addAll(Words.wrap("      ", "got " + fault.answered()));
    if (fault.stable() != null && fault.stable().equals(fault.answered())) {
      lines.add("      the stable version says the same");
    } else if (fault.stable() != null) {
      lines.addAll(Words.wrap("      ", "the stable version fails it too: " + fault.stable()));
    }
    return lines;
  }
}
