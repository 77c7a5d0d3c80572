package dev.firstday.operator.model;

import java.util.regex.Pattern;

/** What pods say, as a status has it: they write as they like. */
final class Words {
  private static final int LONGEST_MESSAGE = 500;
  private static final Pattern REASON = Pattern.compile("[A-Z][A-Za-z0-9]{0,60}");

  private Words() {}

  /** A word that becomes the reason of conditions and events, which takes no other form. */
  static String reason(String word, String otherwise) {
    return word == null || REASON.matcher(word).matches() ? word : otherwise;
  }

  static String cut(String message) {
    return message == null || message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "...";
  }
}
