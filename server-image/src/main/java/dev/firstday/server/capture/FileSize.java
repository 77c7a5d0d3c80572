package dev.firstday.server.capture;

import java.time.Duration;

/**
 * When a file of captured requests is written.
 *
 * @param bytes of requests and answers that it has at least, before compression
 * @param age of its first request at which it is written all the same
 */
public record FileSize(long bytes, Duration age) {
  public static final FileSize DEFAULT = new FileSize(1 << 20, Duration.ofSeconds(30));
}
