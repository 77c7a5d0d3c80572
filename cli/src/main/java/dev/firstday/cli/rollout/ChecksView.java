package dev.firstday.cli.rollout;

import dev.firstday.api.AnswerShares;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentSpec.PrometheusCheck;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.CheckState;
import dev.firstday.api.PairCheck;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Each check's rate beside its bound, how far its evidence has come, and what it still needs. */
final class ChecksView {
  private static final int WIDEST_NAME = 24;
  private static final String PASS = "Pass";
  private static final String FAIL = "Fail";

  private final Map<String, PrometheusCheck> numbers;
  private final boolean onTrial;
  private final Style style;

  private ChecksView(Map<String, PrometheusCheck> numbers, boolean onTrial, Style style) {
    this.numbers = numbers;
    this.onTrial = onTrial;
    this.style = style;
  }

  static List<String> lines(ModelDeployment deployment, Style style) {
    return new ChecksView(
            numbers(deployment.getSpec().rollout()),
            deployment.getStatus().candidate() != null,
            style)
        .lines(deployment.getStatus());
  }

  /** What Prometheus is asked: a status has the numbers, and the spec has their bounds. */
  private static Map<String, PrometheusCheck> numbers(Rollout rollout) {
    return rollout == null || rollout.checks() == null || rollout.checks().prometheus() == null
        ? Map.of()
        : rollout.checks().prometheus().stream()
            .collect(Collectors.toMap(PrometheusCheck::name, check -> check));
  }

  /** Whether its failure is only told. */
  static boolean isWarning(CheckState check) {
    return check.action() == Action.WARN;
  }

  private List<String> lines(ModelDeploymentStatus status) {
    List<CheckState> checks = status.rollout().checks();
    Table table = new Table();
    table.row(
        head("", false),
        head("check", false),
        head("bad/compared", true),
        head("estimate", true),
        head("bound", true),
        head(EvidenceBar.TITLE, false),
        head("needs", false));
    checks.forEach(check -> table.row(cells(check)));
    List<String> rows = table.lines(style);
    List<String> lines = new ArrayList<>();
    lines.add(title(status, checks));
    lines.add(rows.get(0));
    for (int i = 0; i < checks.size(); i++) {
      lines.add(rows.get(i + 1));
      lines.addAll(examples(checks.get(i)));
    }
    return lines;
  }

  private static Cell head(String text, boolean right) {
    return new Cell(text, Paint.FAINT, right);
  }

  private String title(ModelDeploymentStatus status, List<CheckState> checks) {
    String whose =
        status.candidate() == null
            ? "Checks of the last rollout"
            : "Checks of version " + status.candidate().number();
    List<String> parts = new ArrayList<>();
    parts.add(
        checks.stream().filter(check -> PASS.equals(check.verdict())).count()
            + "/"
            + checks.size()
            + " passed");
    long failed = checks.stream().filter(ChecksView::isFailed).count();
    if (failed > 0) {
      parts.add(failed + " failed");
    }
    long warnings =
        checks.stream().filter(check -> FAIL.equals(check.verdict()) && isWarning(check)).count();
    if (warnings > 0) {
      parts.add(warnings + (warnings == 1 ? " warning" : " warnings"));
    }
    long open = checks.stream().filter(ChecksView::isOpen).count();
    if (open > 0) {
      parts.add(open + " open");
    }
    return style.paint(Paint.STRONG, whose) + ": " + String.join(", ", parts);
  }

  private static boolean isFailed(CheckState check) {
    return FAIL.equals(check.verdict()) && !isWarning(check);
  }

  private static boolean isOpen(CheckState check) {
    return !PASS.equals(check.verdict()) && !FAIL.equals(check.verdict());
  }

  private Cell[] cells(CheckState check) {
    Paint paint = paint(check);
    return new Cell[] {
      Cell.of(mark(check), paint),
      Cell.of(Words.cut(name(check), WIDEST_NAME)),
      Cell.number(
          check.compared() == null
              ? ""
              : Words.count(check.bad()) + "/" + Words.count(check.compared())),
      Cell.number(estimate(check)),
      Cell.number(bound(check)),
      Cell.of(EvidenceBar.of(check.evidence(), style), paint),
      Cell.of(needs(check), Paint.FAINT)
    };
  }

  /** A slice by its column and value alone, which are what tells it from others. */
  private static String name(CheckState check) {
    return PairCheck.isSlice(check.name())
        ? check.name().substring(PairCheck.DISAGREEMENT.word().length())
        : check.name();
  }

  private String mark(CheckState check) {
    return switch (check.verdict()) {
      case PASS -> style.symbol("✓", "ok");
      case FAIL -> isWarning(check) ? style.symbol("!", "warning") : style.symbol("✗", "FAILED");
      default -> style.symbol("…", "open");
    };
  }

  private static Paint paint(CheckState check) {
    return switch (check.verdict()) {
      case PASS -> Paint.GOOD;
      case FAIL -> isWarning(check) ? Paint.WARNING : Paint.BAD;
      default -> Paint.FAINT;
    };
  }

  /** As {@code 2.1 % (0.8 - 4.9)}. */
  private static String estimate(CheckState check) {
    if (check.estimate() == null) {
      return check.value() == null ? "-" : Words.number(check.value());
    }
    String interval =
        check.low() == null || check.high() == null
            ? ""
            : " (" + percent(check.low()) + " - " + percent(check.high()) + ")";
    return percent(check.estimate()) + " %" + interval;
  }

  private String bound(CheckState check) {
    if (check.bound() != null) {
      return percent(check.bound()) + " %";
    }
    PrometheusCheck number = numbers.get(check.name());
    if (number == null) {
      return "";
    }
    if (number.min() != null && number.max() != null) {
      return Words.number(number.min()) + " - " + Words.number(number.max());
    }
    return number.max() == null
        ? ">= " + Words.number(number.min())
        : "<= " + Words.number(number.max());
  }

  /** One digit after the point, two of what is below 1. */
  private static String percent(double value) {
    String text = String.format(Locale.ROOT, value < 1 ? "%.2f" : "%.1f", value);
    return text.replaceFirst("\\.?0+$", "");
  }

  /** Nothing is needed any more once the rollout is over. */
  private String needs(CheckState check) {
    if (!onTrial || !isOpen(check) || isDistribution(check)) {
      return "";
    }
    if (check.needed() == null) {
      return check.compared() == null ? "a number" : "too close to tell";
    }
    return "~"
        + Words.count(check.needed())
        + " more"
        + (check.minutes() == null ? "" : ", ~" + Words.minutes(check.minutes()));
  }

  /** Nobody can tell how many rows it takes: what never changes much is never told. */
  private static boolean isDistribution(CheckState check) {
    return AnswerShares.CHECK.equals(check.name());
  }

  private static List<String> examples(CheckState check) {
    if (!FAIL.equals(check.verdict())) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    if (isDistribution(check)) {
      lines.add("      " + check.message().substring(AnswerShares.CHECK.length() + 2));
    }
    if (check.examples() != null) {
      lines.addAll(RejectionsView.requests("      ", check.examples()));
    }
    return lines;
  }
}
