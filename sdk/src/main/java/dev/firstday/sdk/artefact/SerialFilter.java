package dev.firstday.sdk.artefact;

import java.io.ObjectInputFilter;

/**
 * DL4J falls back to Java deserialisation in places, which runs code of the file's author. This
 * process must have been started so that it refuses all of it: {@value #FLAG}.
 */
public final class SerialFilter {
  public static final String FLAG = "-Djdk.serialFilter=!*";

  private SerialFilter() {}

  /**
   * @throws IllegalStateException when the JVM was started without the flag
   */
  public static void require() {
    ObjectInputFilter filter = ObjectInputFilter.Config.getSerialFilter();
    if (filter == null || !filter.toString().equals("!*")) {
      throw new IllegalStateException(
          "this JVM would deserialise Java objects from model files; start it with " + FLAG);
    }
  }
}
