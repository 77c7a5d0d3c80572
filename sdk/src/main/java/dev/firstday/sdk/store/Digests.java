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

/** Digests of content that need not fit into memory. */
public final class Digests {
  private Digests() {}

  /** Of the file, in lower-case hex. */
  public static String sha256(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return copy(content, OutputStream.nullOutputStream());
    }
  }

  /** What S3 answers as the ETag of a file that was uploaded in one piece. */
  static String md5(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return copy(content, OutputStream.nullOutputStream(), algorithm("MD5"));
    }
  }

  /** Copies the content and gives the digest of what was copied. */
  static String copy(InputStream content, OutputStream target) throws IOException {
    return copy(content, target, algorithm("SHA-256"));
  }

  private static String copy(InputStream content, OutputStream target, MessageDigest digest)
      throws IOException {
    content.transferTo(new DigestOutputStream(target, digest));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }
}
