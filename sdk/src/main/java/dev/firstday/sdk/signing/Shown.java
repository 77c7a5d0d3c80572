package dev.firstday.sdk.signing;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names that strangers chose, for messages. */
final class Shown {
  private static final int LONGEST = 100;
  private static final int SHOWN = 5;
  private static final int ID = 16;

  private Shown() {}

  static String names(Collection<String> names) {
    String some = names.stream().limit(SHOWN).map(Shown::name).collect(Collectors.joining(", "));
    return names.size() > SHOWN ? "%s and %d more".formatted(some, names.size() - SHOWN) : some;
  }

  /** As much of a key's id as tells keys apart. */
  static String id(String keyId) {
    return keyId.substring(0, ID);
  }

  static String name(String name) {
    if (name == null) {
      return "null";
    }
    String printable = name.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "...";
  }
}
