package dev.firstday.sdk.store;

import dev.firstday.contract.Contract;
import dev.firstday.sdk.ScratchDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.core.sync.RequestBody;

/** Immutable content, named by its sha256. What is read was verified against the name. */
public final class ObjectStore {
  /**
   * How long an object that is there is taken as it is. Retention deletes what no version refers to
   * and is older than {@link #YOUNG}; a run that has stored its objects and not yet its version
   * refers to them in its own memory only. So it writes anew what may come of that age before its
   * version is recorded, which leaves it the difference of the two.
   */
  private static final Duration TRUSTED = Duration.ofHours(12);

  /** A younger object may belong to a version that is about to be recorded. */
  private static final Duration YOUNG = Duration.ofDays(1);

  private final S3Access access;
  private final String prefix;
  private final Clock clock;

  ObjectStore(S3Access access, String root, Clock clock) {
    this.access = access;
    this.prefix = root + "objects/sha256/";
    this.clock = clock;
  }

  /** Stores the bytes, unless they have just been stored, and gives their digest. */
  public String put(byte[] content) {
    String digest = Contract.sha256(content);
    upload(digest, content.length, RequestBody.fromBytes(content));
    return digest;
  }

  /** Stores a file's content, unless it has just been stored, and gives its digest. */
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
        access
            .head(bucket(), prefix + digest)
            .filter(f -> f.bytes() == bytes && isYoungerThan(TRUSTED, f))
            .isPresent();
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
      throw ScratchDisk.notWritable(Downloads.FILES, target, e);
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

  /**
   * Reads the content to its end, however long it is, and keeps nothing of it.
   *
   * @throws StoreException OBJECT_NOT_FOUND, DIGEST_MISMATCH, or whatever S3 answers
   */
  public void verify(String digest) {
    requireDigest(digest);
    String found =
        access.get(
            bucket(),
            prefix + digest,
            (content, bytes) -> Digests.copy(content, OutputStream.nullOutputStream()));
    if (!found.equals(digest)) {
      throw mismatch(digest, found);
    }
  }

  /**
   * The object's size, if it is there.
   *
   * @throws StoreException whatever S3 answers
   */
  public OptionalLong bytes(String digest) {
    requireDigest(digest);
    return access.head(bucket(), prefix + digest).stream().mapToLong(RemoteFile::bytes).findFirst();
  }

  /**
   * @throws StoreException OBJECT_LOST when it is not there, though it was stored just now
   */
  public void require(String digest) {
    if (bytes(digest).isEmpty()) {
      throw new StoreException(
          StoreException.Reason.OBJECT_LOST,
          "%s was stored and is gone: what deletes objects there?".formatted(uri(digest)));
    }
  }

  /**
   * Deletes an object that nothing refers to, unless it was written in the last day: then a run may
   * be about to record a version with it.
   *
   * @throws StoreException whatever S3 answers
   */
  public Deletion deleteUnlessYoung(String digest) {
    requireDigest(digest);
    long bytes = 0;
    while (true) {
      // asked before every attempt, so that none of them meets what was written since
      Optional<RemoteFile> there = access.head(bucket(), prefix + digest);
      if (there.isEmpty()) {
        return new Deletion(bytes, null);
      }
      if (isYoungerThan(YOUNG, there.get())) {
        return new Deletion(0, there.get().lastModified().plus(YOUNG));
      }
      bytes = there.get().bytes();
      if (access.tryDelete(bucket(), prefix + digest)) {
        return new Deletion(bytes, null);
      }
    }
  }

  /** Where an object lies: s3://bucket/key. */
  public String uri(String digest) {
    return "s3://" + bucket() + "/" + prefix + digest;
  }

  private boolean isYoungerThan(Duration age, RemoteFile file) {
    return file.lastModified().plus(age).isAfter(clock.instant());
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

  /**
   * What became of an object that was to be deleted.
   *
   * @param bytes that it had; 0 when it was not there, or stays
   * @param notBefore null: it is gone; else: it is too young, and when it no longer will be
   */
  public record Deletion(long bytes, Instant notBefore) {}
}
