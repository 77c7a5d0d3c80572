package dev.firstday.cli.rollout;

import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.Previous;
import dev.firstday.api.ModelDeploymentStatus.Target;
import dev.firstday.cli.terminal.Heading;
import dev.firstday.cli.terminal.Page;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A Deployment's status as lines for a person: where its rollout stands, who answers, what the
 * checks say, what was rolled back, and what a person said last.
 */
final class StatusView {
  private static final Set<String> STAGES_WITH_DEADLINE =
      Set.of("Starting", "Golden", "Replay", "Shadow", "Canary");
  private static final Set<String> PHASES_WITHOUT =
      Set.of("AwaitingApproval", "Paused", "Suspended", "Failed");

  private final ModelDeployment deployment;
  private final ModelDeploymentStatus status;
  private final Instant now;
  private final Style style;

  private StatusView(ModelDeployment deployment, Instant now, Style style) {
    this.deployment = deployment;
    this.status = deployment.getStatus();
    this.now = now;
    this.style = style;
  }

  static List<String> lines(ModelDeployment deployment, Instant now, Style style) {
    return new StatusView(deployment, now, style).lines();
  }

  private List<String> lines() {
    Page page = new Page(Heading.lines(deployment, style), style);
    if (status != null) {
      page.section(StageStrip.lines(deployment, style));
      page.section("Versions", versions());
      page.section("May come back", previous());
      page.section(CasesView.lines(status, style));
      if (status.rollout() != null && status.rollout().checks() != null) {
        page.section(ChecksView.lines(deployment, style));
      }
      page.section(
          "Rolled back",
          RejectionsView.lines(status, deployment.getMetadata().getGeneration(), now, style));
    }
    LastCommand last = new LastCommand(deployment, now, style);
    page.section(last.title(), last.lines());
    page.section(facts());
    return page.lines();
  }

  private List<String> versions() {
    Table table = new Table();
    version(table, "stable", status.stable(), Paint.GOOD);
    version(table, "candidate", status.candidate(), Paint.STRONG);
    return table.lines(style);
  }

  private static void version(Table table, String role, Target target, Paint paint) {
    if (target != null) {
      table.row(
          Cell.of(role),
          new Cell("version " + target.number(), paint, true),
          Cell.number(target.weight() + " % of the requests"),
          Cell.of(pods(target)));
    }
  }

  /** What the stable version can give way to, untried. */
  private List<String> previous() {
    Table table = new Table();
    if (status.previous() != null) {
      for (Previous former : status.previous()) {
        table.row(
            Cell.of("version " + former.number()),
            Cell.of("stable until " + Words.time(former.replacedAt(), now)),
            Cell.of(
                former.warmUntil() == null
                    ? ""
                    : "pods until " + Words.time(former.warmUntil(), now)));
      }
    }
    return table.lines(style);
  }

  private static String pods(Target target) {
    return target.replicas() == null || target.readyReplicas() == null
        ? ""
        : "%d of %d pods ready".formatted(target.readyReplicas(), target.replicas());
  }

  private List<String> facts() {
    Table table = new Table();
    if (status == null) {
      return List.of();
    }
    Instant since = status.rollout() == null ? null : status.rollout().phaseStartedAt();
    if (status.candidate() != null && since != null) {
      fact(table, "In this stage since", Words.time(since, now));
      deadline(table, since);
    }
    fact(table, "Endpoint", status.endpoint());
    fact(table, "Chain", status.chain() == null ? null : status.chain().summary());
    return table.lines(style);
  }

  private void deadline(Table table, Instant since) {
    if (status.effective() != null
        && status.effective().phaseDeadlineSeconds() != null
        && STAGES_WITH_DEADLINE.contains(status.rollout().stage())
        && !PHASES_WITHOUT.contains(status.phase())
        && !isStalled()) {
      fact(
          table,
          "Deadline",
          Words.time(since.plusSeconds(status.effective().phaseDeadlineSeconds()), now));
    }
  }

  /** Somebody has to act, and no time runs. */
  private boolean isStalled() {
    return status.holds("Stalled");
  }

  private static void fact(Table table, String name, String text) {
    if (text != null) {
      table.row(Cell.of(name), Cell.of(text));
    }
  }
}
