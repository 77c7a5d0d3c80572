package dev.firstday.cli.rollout;

import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.RolloutState;
import dev.firstday.api.ModelDeploymentStatus.Target;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Words;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a person said last, what became of it, and whether it was about the present rollout. */
final class LastCommand {
  private static final Pattern VERSION = Pattern.compile("\\bversion (\\d+)\\b");
  private static final int WIDEST = 60;

  private final ModelDeployment deployment;
  private final ModelDeploymentStatus status;
  private final RolloutState rollout;
  private final Instant now;
  private final Style style;

  LastCommand(ModelDeployment deployment, Instant now, Style style) {
    this.deployment = deployment;
    this.status = deployment.getStatus();
    this.rollout = status == null ? null : status.rollout();
    this.now = now;
    this.style = style;
  }

  String title() {
    return isOfAnother() ? "Last command, of an earlier rollout" : "Last command";
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (rollout != null && rollout.command() != null) {
      lines.add("  " + words(rollout.command()));
      lines.addAll(Words.wrap("    ", Reply.of(rollout).words()));
    }
    String pending = Ending.pendingCommand(deployment);
    if (!pending.isEmpty()) {
      lines.add("  " + words(pending));
      lines.add("    " + style.paint(Paint.WARNING, "the operator has not answered it yet"));
    }
    return lines;
  }

  /** The result names the versions that it was about; the status keeps no other trace of that. */
  private boolean isOfAnother() {
    if (rollout == null || rollout.commandResult() == null) {
      return false;
    }
    Set<Integer> named =
        VERSION
            .matcher(rollout.commandResult())
            .results()
            .map(MatchResult::group)
            .map(words -> words.replaceAll("\\D", ""))
            .filter(digits -> digits.length() < 10)
            .map(Integer::valueOf)
            .collect(Collectors.toSet());
    return !named.isEmpty() && present().noneMatch(named::contains);
  }

  /** The version on trial; without one, that which answers and that which was given up last. */
  private Stream<Integer> present() {
    return status.candidate() != null
        ? Stream.of(status.candidate().number())
        : Stream.concat(
            Stream.ofNullable(status.stable()).map(Target::number),
            Stream.ofNullable(status.rejected())
                .flatMap(List::stream)
                .limit(1)
                .map(ModelDeploymentStatus.Rejection::number));
  }

  /** As {@code pause, 2026-03-01 11:40 UTC, 20 min ago}, where it ends with a time. */
  private String words(String command) {
    String plain = Words.plain(command).strip();
    int space = plain.lastIndexOf(' ');
    try {
      return space < 0
          ? Words.cut(plain, WIDEST)
          : Words.cut(plain.substring(0, space), WIDEST)
              + ", "
              + Words.time(Instant.parse(plain.substring(space + 1)), now);
    } catch (DateTimeParseException e) {
      return Words.cut(plain, WIDEST);
    }
  }
}
