package dev.firstday.sdk.store;

import java.nio.charset.StandardCharsets;

/**
 * Finds out whether the store honours {@code If-None-Match: *}. Some overwrite and answer 200; two
 * runs would then take the same version number.
 */
final class ConditionalWrites {
  private static final byte[] MARK =
      "{\"purpose\":\"shows that writes can be conditional\"}".getBytes(StandardCharsets.UTF_8);

  private final S3Access access;
  private final String key;

  ConditionalWrites(S3Access access, String root) {
    this.access = access;
    this.key = root + "conditional-writes.json";
  }

  /**
   * @throws StoreException CONDITIONAL_WRITES_UNSUPPORTED, or S3_UNREACHABLE when no write's
   *     outcome is known
   */
  void require() {
    String bucket = access.settings().bucket();
    // the first write may create the mark; a second one that succeeds as well gives the store away
    for (int written = 0, unknown = 0; unknown < S3Access.MAX_UNKNOWN_OUTCOMES; ) {
      switch (access.putIfAbsent(bucket, key, MARK)) {
        case TAKEN -> {
          return;
        }
        case WRITTEN -> {
          if (++written > 1) {
            throw StoreErrors.conditionalWritesUnsupported(access.settings(), bucket);
          }
        }
        case UNKNOWN -> {
          unknown++;
          // waits while the store is away
          access.head(bucket, key);
        }
      }
    }
    throw StoreErrors.neverWritten(access.settings(), bucket, key, S3Access.MAX_UNKNOWN_OUTCOMES);
  }
}
