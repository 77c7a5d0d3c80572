package dev.firstday.sdk.feature;

/** A value, or a row, that does not fit; the message names the column and what is expected. */
public final class InvalidValueException extends IllegalArgumentException {
  public InvalidValueException(String message) {
    super(message);
  }

  static InvalidValueException of(String column, Object value, String expected) {
    String text = String.valueOf(value);
    String shown = text.length() > 80 ? text.substring(0, 80) + "..." : text;
    String quoted = value instanceof CharSequence ? '"' + shown + '"' : shown;
    return new InvalidValueException("column %s: %s is not %s".formatted(column, quoted, expected));
  }
}
