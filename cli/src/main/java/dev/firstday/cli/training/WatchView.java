package dev.firstday.cli.training;

import dev.firstday.api.Condition;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.api.TrainingProgress;
import dev.firstday.cli.terminal.Bar;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Words;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What has changed between two looks at a training job, a line each: its phase with the reason, and
 * how far it has come.
 */
final class WatchView {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int WIDTH = 10;
  private static final int PERCENT = 100;

  private final String time;
  private final Style style;

  private WatchView(Instant now, Style style) {
    this.time = TIME.format(now);
    this.style = style;
  }

  /**
   * @param before null: it is the first look, at which everything is new
   */
  static List<String> lines(TrainingJob before, TrainingJob now, Instant time, Style style) {
    TrainingJobStatus known = before == null ? null : before.getStatus();
    TrainingJobStatus status = now.getStatus();
    return status == null || status.phase() == null
        ? List.of()
        : new WatchView(time, style).lines(known, status);
  }

  private List<String> lines(TrainingJobStatus before, TrainingJobStatus now) {
    List<String> lines = new ArrayList<>();
    if (before == null || !phase(before).equals(phase(now))) {
      lines.add(line(now.phase(), paint(now.phase()), message(now)));
    }
    if (now.progress() != null
        && now.progress().percent() != null
        && (before == null || !isSame(before.progress(), now.progress()))) {
      lines.add(line("", Paint.NONE, words(now.progress())));
    }
    return lines;
  }

  /** Whether it has come no further. */
  private static boolean isSame(TrainingProgress before, TrainingProgress now) {
    return before != null
        && Objects.equals(before.summary(), now.summary())
        && Objects.equals(before.loss(), now.loss());
  }

  /** A reason that changes within a phase is news, a message alone is not. */
  private static String phase(TrainingJobStatus status) {
    return status.phase() + ready(status).reason();
  }

  private static String message(TrainingJobStatus status) {
    return ready(status).message();
  }

  private static Condition ready(TrainingJobStatus status) {
    return status.conditions().get(0);
  }

  private String words(TrainingProgress progress) {
    return "%s %s%s%s%s"
        .formatted(
            Bar.of((double) progress.percent() / PERCENT, style),
            progress.summary(),
            progress.loss() == null ? "" : ", loss " + Words.number(progress.loss()),
            progress.validation() == null ? "" : ", validation " + progress.validation(),
            progress.samplesPerSecond() == null
                ? ""
                : ", %s rows/s".formatted(Words.count(progress.samplesPerSecond())));
  }

  private String line(String what, Paint paint, String text) {
    String fill = " ".repeat(Math.max(0, WIDTH - what.length()));
    String words = text == null ? "" : Words.plain(text).replaceAll("\\s+", " ");
    return (time + "  " + style.paint(paint, what) + fill + "  " + words).stripTrailing();
  }

  private static Paint paint(String phase) {
    return switch (phase) {
      case "Succeeded" -> Paint.GOOD;
      case "Refused", "Failed" -> Paint.BAD;
      case "Suspended" -> Paint.WARNING;
      default -> Paint.STRONG;
    };
  }
}
