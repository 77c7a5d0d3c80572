package dev.firstday.cli.terminal;

import dev.firstday.api.DatasetCheck.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers and times as people read them. */
public final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final MathContext DIGITS = new MathContext(4);
  private static final int WIDEST_LINE = 120;
  private static final int MINUTE = 60;
  private static final int DAY = 24;
  private static final double LARGE = 1e15;
  private static final double SMALL = 1e-4;

  private Words() {}

  public static String count(Long number) {
    return number == null ? "-" : String.format(Locale.ROOT, "%,d", number);
  }

  /** Whole numbers with all their digits, others with four. */
  public static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    if (value == Math.rint(value) && Math.abs(value) < LARGE) {
      return String.format(Locale.ROOT, "%,d", (long) value);
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    return Math.abs(value) < SMALL || Math.abs(value) >= LARGE
        ? String.format(Locale.ROOT, "%.2e", value)
        : rounded.toPlainString();
  }

  public static String value(Double value, Unit unit) {
    if (value == null) {
      return "-";
    }
    return number(value) + (unit == null ? "" : " " + unit(unit));
  }

  private static String unit(Unit unit) {
    return switch (unit) {
      case ROWS -> "rows";
      case PERCENT -> "%";
      case SECONDS -> "s";
      case MINUTES -> "min";
      case HOURS -> "h";
      case DAYS -> "d";
    };
  }

  public static String bytes(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }

  /** The time in UTC, and how far from now that is. */
  public static String time(Instant time, Instant now) {
    Duration since = Duration.between(time, now);
    String distance = distance(since.abs());
    return TIME.format(time)
        + " UTC, "
        + (since.isNegative() ? "in " + distance : distance + " ago");
  }

  /** A duration in the unit that people would choose. */
  public static String distance(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 2 * MINUTE) {
      return seconds + " s";
    }
    long minutes = Math.round(seconds / (double) MINUTE);
    if (minutes < 2 * MINUTE) {
      return minutes + " min";
    }
    long hours = Math.round(minutes / (double) MINUTE);
    return hours < 2 * DAY ? hours + " h" : Math.round(hours / (double) DAY) + " days";
  }

  /** A duration of whole minutes, which nobody knows by the second. */
  public static String minutes(long minutes) {
    return minutes < 2 ? minutes + " min" : distance(Duration.ofMinutes(minutes));
  }

  /** A name that came from data, without what a terminal would obey. */
  public static String plain(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  public static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 3) + "...";
  }

  /** The same, ended behind a whole word. */
  public static String cutAtWord(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int space = text.lastIndexOf(' ', most - 4);
    return space <= 0 ? cut(text, most) : text.substring(0, space) + " ...";
  }

  /** A text in lines that a terminal has room for, each behind the indent. */
  public static List<String> wrap(String indent, String text) {
    return wrap(indent, List.of(text.split(" ")), " ");
  }

  /** The same with parts that stay whole: a line ends only between them, and with the separator. */
  public static List<String> wrap(String indent, List<String> parts, String separator) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i) + (i + 1 < parts.size() ? separator : "");
      boolean begun = line.length() > indent.length();
      if (begun && (line + part).stripTrailing().length() > WIDEST_LINE) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent);
      }
      line.append(part);
    }
    lines.add(line.toString());
    return lines;
  }
}
