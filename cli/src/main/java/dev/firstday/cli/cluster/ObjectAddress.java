package dev.firstday.cli.cluster;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an object of a namespace lies: {@code s3://bucket/[prefix/]namespace/objects/sha256/hex}.
 *
 * @param prefix inside the bucket, without slashes at its ends; may be empty
 */
public record ObjectAddress(String bucket, String prefix, String namespace, String digest) {
  private static final Pattern FORM =
      Pattern.compile("s3://([^/]+)/(?:(.+)/)?([^/]+)/objects/sha256/([0-9a-f]{64})");

  /** Empty when the text is none. */
  public static Optional<ObjectAddress> of(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(
            new ObjectAddress(
                parts.group(1),
                parts.group(2) == null ? "" : parts.group(2),
                parts.group(3),
                parts.group(4)))
        : Optional.empty();
  }
}
