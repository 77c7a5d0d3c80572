package dev.firstday.sdk.store;

import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;

/** S3 did not do what was asked of it. The message names endpoint, bucket and key, and the cure. */
public final class StoreException extends RunFailure {
  private final Reason why;

  StoreException(Reason why, String message, Throwable cause) {
    super(why.word, message, why.cure, cause);
    this.why = why;
  }

  StoreException(Reason why, String message) {
    this(why, message, null);
  }

  /**
   * The same, said by somebody who knows what the object is.
   *
   * @param what it is, as a sentence's beginning
   * @param cure what to do then
   */
  public StoreException about(String what, String cure) {
    return new StoreException(why, "%s: %s %s".formatted(what, getMessage(), cure), this);
  }

  /** The kind of failure. */
  public Reason why() {
    return why;
  }

  /** The kinds of failure, with the word that conditions show and who can mend it. */
  public enum Reason {
    S3_UNREACHABLE("S3Unreachable", Cure.WAIT),
    S3_ERROR("S3Error", Cure.WAIT),
    S3_NOT_CONFIGURED("S3NotConfigured", Cure.FIX_DATA),
    S3_CREDENTIALS_MISSING("S3CredentialsMissing", Cure.FIX_DATA),
    S3_ACCESS_DENIED("S3AccessDenied", Cure.FIX_DATA),
    BUCKET_NOT_FOUND("BucketNotFound", Cure.FIX_DATA),
    OBJECT_NOT_FOUND("ObjectNotFound", Cure.FIX_DATA),
    OBJECT_LOST("ObjectLost", Cure.WAIT),
    OBJECT_TOO_LARGE("ObjectTooLarge", Cure.FIX_DATA),
    DIGEST_MISMATCH("DigestMismatch", Cure.FIX_DATA),
    CONDITIONAL_WRITES_UNSUPPORTED("ConditionalWritesUnsupported", Cure.FIX_DATA),
    INVALID_URI("InvalidUri", Cure.FIX_SPEC);

    private final String word;
    private final Cure cure;

    Reason(String word, Cure cure) {
      this.word = word;
      this.cure = cure;
    }

    /** Whether the object that was asked for is at fault, and the store works. */
    public boolean isAboutOneObject() {
      return this == OBJECT_NOT_FOUND || this == OBJECT_TOO_LARGE || this == DIGEST_MISMATCH;
    }
  }
}
