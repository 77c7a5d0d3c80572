package dev.firstday.sdk.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** sha256 of content that need not fit into memory. */
final class Digests {
  private Digests() {}

  static String sha256(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return copy(content, OutputStream.nullOutputStream());
    }
  }

  /** Copies the content and gives the digest of what was copied. */
  static String copy(InputStream content, OutputStream target) throws IOException {
    MessageDigest sha256 = sha256();
    content.transferTo(new DigestOutputStream(target, sha256));
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
