package dev.firstday.sdk.store;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signatures of the versions of a model. A version has at most one by each key, and none is ever
 * replaced: who has a new key adds another one.
 */
public final class SignatureFiles {
  /** A bundle of the dozen files that a version may have is a few kilobytes. */
  public static final int MAX_BYTES = 256 * 1024;

  private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})\\.sig");

  private final S3Access access;
  private final String root;
  private final String prefix;

  SignatureFiles(S3Access access, String root, String model) {
    this.access = access;
    this.root = root;
    this.prefix = root + "models/" + model + "/signatures/";
  }

  /**
   * The signature by a key.
   *
   * @throws StoreException OBJECT_TOO_LARGE beyond {@link #MAX_BYTES}, or what S3 answers
   */
  public Optional<byte[]> find(int number, String keyId) {
    try {
      return Optional.of(Downloads.read(access, bucket(), key(number, keyId), MAX_BYTES));
    } catch (StoreException e) {
      if (e.why() == StoreException.Reason.OBJECT_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Adds a signature, unless there is one by that key.
   *
   * @return whether this call wrote it; false: somebody did, or an attempt of this call whose
   *     answer was lost, so read it to know
   * @throws StoreException CONDITIONAL_WRITES_UNSUPPORTED, or what S3 answers
   */
  public boolean add(int number, String keyId, byte[] bundle) {
    new ConditionalWrites(access, root).require();
    return access.create(bucket(), key(number, keyId), bundle);
  }

  /** The keys by which there are signatures. */
  public List<String> keyIds(int number) {
    String folder = prefix + number + "/";
    return access.list(bucket(), folder).stream()
        .map(file -> NAME.matcher(file.key().substring(folder.length())))
        .filter(Matcher::matches)
        .map(name -> name.group(1))
        .toList();
  }

  /** Where a signature lies: s3://bucket/key. */
  public String uri(int number, String keyId) {
    return "s3://" + bucket() + "/" + key(number, keyId);
  }

  private String key(int number, String keyId) {
    return prefix + number + "/" + keyId + ".sig";
  }

  private String bucket() {
    return access.settings().bucket();
  }
}
