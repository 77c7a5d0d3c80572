package dev.firstday.sdk.store;

import dev.firstday.contract.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.sync.RequestBody;

/** Immutable content, named by its sha256. What is read was verified against the name. */
public final class ObjectStore {
  private final S3Access access;
  private final String prefix;

  ObjectStore(S3Access access, String root) {
    this.access = access;
    this.prefix = root + "objects/sha256/";
  }

  /** Stores the bytes, unless they are there already, and gives their digest. */
  public String put(byte[] content) {
    String digest = Contract.sha256(content);
    upload(digest, content.length, RequestBody.fromBytes(content));
    return digest;
  }

  /** Stores a file's content, unless it is there already, and gives its digest. */
  public String put(Path file) {
    try {
      String digest = Digests.sha256(file);
      upload(digest, Files.size(file), RequestBody.fromFile(file));
      return digest;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private void upload(String digest, long bytes, RequestBody body) {
    boolean there =
        access.head(bucket(), prefix + digest).filter(f -> f.bytes() == bytes).isPresent();
    if (!there) {
      access.put(bucket(), prefix + digest, body);
    }
  }

  /**
   * The content as a file {@code <directory>/<digest>}, which appears only when it is complete and
   * verified; one that is there already is verified and used.
   *
   * @throws StoreException OBJECT_NOT_FOUND, DIGEST_MISMATCH, or whatever S3 answers
   */
  public Path fetch(String digest, Path directory) {
    requireDigest(digest);
    Path target = directory.resolve(digest);
    try {
      if (Files.exists(target) && Digests.sha256(target).equals(digest)) {
        return target;
      }
      LocalFile file = Downloads.download(access, bucket(), prefix + digest, directory, digest);
      if (!file.digest().equals(digest)) {
        Files.delete(file.path());
        throw mismatch(digest, file.digest());
      }
      return file.path();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
  }

  /**
   * The content, verified.
   *
   * @throws StoreException OBJECT_TOO_LARGE beyond maxBytes, OBJECT_NOT_FOUND, DIGEST_MISMATCH, or
   *     whatever S3 answers
   */
  public byte[] read(String digest, int maxBytes) {
    requireDigest(digest);
    byte[] content = Downloads.read(access, bucket(), prefix + digest, maxBytes);
    String found = Contract.sha256(content);
    if (!found.equals(digest)) {
      throw mismatch(digest, found);
    }
    return content;
  }

  private String bucket() {
    return access.settings().bucket();
  }

  private static void requireDigest(String digest) {
    if (!Contract.isDigest(digest)) {
      throw new IllegalArgumentException("not a sha256 in lower-case hex: " + digest);
    }
  }

  private StoreException mismatch(String digest, String found) {
    return new StoreException(
        StoreException.Reason.DIGEST_MISMATCH,
        "the content of s3://"
            + bucket()
            + "/"
            + prefix
            + digest
            + " at "
            + access.settings().endpointName()
            + " has the digest "
            + found
            + ": it was changed or damaged; delete it and run again what wrote it, or restore it from"
            + " a backup");
  }
}
