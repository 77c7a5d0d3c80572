package dev.firstday.cli.terminal;

import java.util.Locale;
import java.util.Map;

/**
 * How lines may look.
 *
 * @param colours whether colours mean something to whoever reads them
 * @param symbols whether there is more than ASCII
 */
public record Style(boolean colours, boolean symbols) {
  public static final Style PLAIN = new Style(false, false);

  private static final String RESET = "\u001b[0m";

  /** What a text tells by its colour. */
  public enum Paint {
    NONE(""),
    GOOD("\u001b[32m"),
    BAD("\u001b[31m"),
    WARNING("\u001b[33m"),
    FAINT("\u001b[2m"),
    STRONG("\u001b[1m");

    private final String code;

    Paint(String code) {
      this.code = code;
    }
  }

  /**
   * @param terminal whether a person reads along
   */
  public static Style of(boolean terminal, Map<String, String> environment) {
    String locale =
        environment.getOrDefault(
            "LC_ALL", environment.getOrDefault("LC_CTYPE", environment.getOrDefault("LANG", "")));
    boolean utf8 = locale.toUpperCase(Locale.ROOT).replace("-", "").endsWith("UTF8");
    boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Style(terminal && !noColour, terminal && utf8);
  }

  public String paint(Paint paint, String text) {
    return colours && paint != Paint.NONE && !text.isEmpty() ? paint.code + text + RESET : text;
  }

  public String symbol(String symbol, String plain) {
    return symbols ? symbol : plain;
  }
}
