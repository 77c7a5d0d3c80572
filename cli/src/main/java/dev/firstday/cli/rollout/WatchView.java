package dev.firstday.cli.rollout;

import dev.firstday.api.Condition;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.CheckState;
import dev.firstday.api.ModelDeploymentStatus.RolloutState;
import dev.firstday.api.ModelDeploymentStatus.Target;
import dev.firstday.api.PairCheck;
import dev.firstday.api.RolloutCommand;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What has changed between two looks at a Deployment, a line each: where the rollout stands, a
 * check's verdict, a command's result. Counts alone are no change.
 */
final class WatchView {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String UNDECIDED = "Undecided";

  /** As wide as {@code AwaitingApproval (Canary 50 %)}. */
  private static final int WIDTH = 30;

  private final String time;
  private final Style style;

  private WatchView(Instant now, Style style) {
    this.time = TIME.format(now);
    this.style = style;
  }

  /**
   * @param before null: it is the first look, at which everything is new
   */
  static List<String> lines(
      ModelDeployment before, ModelDeployment now, Instant time, Style style) {
    ModelDeploymentStatus known = before == null ? null : status(before);
    ModelDeploymentStatus status = status(now);
    return status == null ? List.of() : new WatchView(time, style).lines(known, status);
  }

  /** A line about what comes next, while nothing changes. */
  static String waiting(String words, Instant time, Style style) {
    return new WatchView(time, style).line("waiting", Paint.WARNING, words);
  }

  /** Null until the operator has looked at it. */
  private static ModelDeploymentStatus status(ModelDeployment deployment) {
    ModelDeploymentStatus status = deployment.getStatus();
    return status == null || status.phase() == null ? null : status;
  }

  private List<String> lines(ModelDeploymentStatus before, ModelDeploymentStatus now) {
    List<String> lines = new ArrayList<>();
    if (before != null && !Objects.equals(command(before), command(now))) {
      lines.add(line(word(command(now)), Paint.STRONG, Reply.of(rollout(now)).words()));
    }
    lines.addAll(verdicts(before, now));
    if (before == null || !Place.of(before).equals(Place.of(now))) {
      lines.add(line(place(now), paint(now), ready(now, Condition::message)));
    }
    return lines;
  }

  private List<String> verdicts(ModelDeploymentStatus before, ModelDeploymentStatus now) {
    boolean isOld = before == null && now.candidate() == null;
    boolean isOfAnother =
        before == null
            || now.candidate() != null
                && !Objects.equals(number(before.candidate()), number(now.candidate()));
    Map<String, String> known =
        (isOfAnother ? List.<CheckState>of() : checks(before))
            .stream().collect(Collectors.toMap(CheckState::name, CheckState::verdict));
    return (isOld ? List.<CheckState>of() : checks(now))
        .stream()
            // a check begins without a verdict, which is no news
            .filter(check -> isNews(check, known.getOrDefault(check.name(), UNDECIDED)))
            .map(check -> line(verdict(check), paint(check), evidence(check)))
            .toList();
  }

  /** Slices of few rows go forth and back, each many times: of them only failures are told. */
  private static boolean isNews(CheckState check, String before) {
    return !check.verdict().equals(before)
        && (!PairCheck.isSlice(check.name())
            || check.verdict().equals("Fail")
            || before.equals("Fail"));
  }

  private static String verdict(CheckState check) {
    return check.verdict().equals("Fail") && ChecksView.isWarning(check)
        ? "Warning"
        : check.verdict();
  }

  private String line(String what, Paint paint, String text) {
    String fill = " ".repeat(Math.max(0, WIDTH - what.length()));
    String words = text == null ? "" : text.replaceAll("\\s+", " ");
    return (time + "  " + style.paint(paint, what) + fill + "  " + words).stripTrailing();
  }

  private static String evidence(CheckState check) {
    return (check.message() == null ? check.name() : check.message())
        + (check.verdict().equals("Fail") && check.examples() != null
            ? "; requests " + String.join(", ", check.examples())
            : "");
  }

  private static Paint paint(CheckState check) {
    return switch (check.verdict()) {
      case "Pass" -> Paint.GOOD;
      case "Fail" -> ChecksView.isWarning(check) ? Paint.WARNING : Paint.BAD;
      default -> Paint.NONE;
    };
  }

  private static Paint paint(ModelDeploymentStatus status) {
    return switch (status.phase()) {
      case "Stable", "Promoting" -> Paint.GOOD;
      case "RolledBack", "Failed" -> Paint.BAD;
      case "Held", "Paused", "AwaitingApproval", "Suspended" -> Paint.WARNING;
      default -> Paint.STRONG;
    };
  }

  /** As {@code Canary 10 %}, or {@code Held (Canary 10 %)}. */
  private static String place(ModelDeploymentStatus status) {
    String phase = status.phase();
    String stage = rollout(status).stage();
    if (status.candidate() == null || stage == null) {
      return phase;
    }
    String where =
        stage.equals("Canary") ? "Canary %d %%".formatted(status.candidate().weight()) : stage;
    return phase.equals(stage) ? where : phase + " (" + where + ")";
  }

  private static String word(String command) {
    return command == null
        ? ""
        : RolloutCommand.of(command).map(RolloutCommand::word).orElse("command");
  }

  private static String command(ModelDeploymentStatus status) {
    return rollout(status).command();
  }

  private static List<CheckState> checks(ModelDeploymentStatus status) {
    return rollout(status).checks() == null ? List.of() : rollout(status).checks();
  }

  private static RolloutState rollout(ModelDeploymentStatus status) {
    return status.rollout() == null
        ? new RolloutState(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null)
        : status.rollout();
  }

  private static String ready(ModelDeploymentStatus status, Function<Condition, String> property) {
    return status.condition("Ready").map(property).orElse("");
  }

  /** Where a rollout stands; the reason tells apart why it waits there. */
  private record Place(
      String phase, String reason, String stage, Integer step, Integer stable, Integer candidate) {

    static Place of(ModelDeploymentStatus status) {
      return new Place(
          status.phase(),
          ready(status, Condition::reason),
          rollout(status).stage(),
          rollout(status).step(),
          number(status.stable()),
          number(status.candidate()));
    }
  }

  private static Integer number(Target target) {
    return target == null ? null : target.number();
  }
}
