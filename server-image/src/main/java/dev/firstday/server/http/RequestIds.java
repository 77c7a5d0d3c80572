package dev.firstday.server.http;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The name of a request, by which a caller, a log and a rollout's status speak of the same one. It
 * is the caller's own where that is fit to be repeated anywhere: {@value #MAX_LENGTH} characters at
 * most, visible ASCII alone. Only the header counts: reading an {@code id} out of a body would mean
 * to parse all of it before it is passed on.
 */
public final class RequestIds {
  public static final String HEADER = "X-Request-Id";
  public static final int MAX_LENGTH = 64;

  private RequestIds() {}

  /**
   * @param given what the caller sent, or null
   * @return that, or a new one where it is not fit
   */
  public static String of(String given) {
    return isFit(given) ? given : made();
  }

  /** It has to be another one each time, and no secret: all threads would wait for SecureRandom. */
  private static String made() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** Whether a request can have that id. */
  public static boolean isFit(String id) {
    return id != null
        && !id.isEmpty()
        && id.length() <= MAX_LENGTH
        && id.chars().allMatch(character -> character >= '!' && character <= '~');
  }
}
