package dev.firstday.sdk;

import dev.firstday.contract.RunResult;

/**
 * A failure that its owner can do something about: bad input, a missing file, S3 away. It becomes a
 * {@link RunResult.Failure}. Whatever else is thrown is a bug or a lost machine.
 */
public class RunFailure extends RuntimeException {
  private final String reason;
  private final RunResult.Cure cure;

  /**
   * @param reason one word in CamelCase, for a condition's reason
   * @param message what, where and the cure, for people; never a secret
   * @param cure who has to act before another attempt can succeed
   */
  public RunFailure(String reason, String message, RunResult.Cure cure) {
    this(reason, message, cure, null);
  }

  /** As the other constructor, with what led to it. */
  public RunFailure(String reason, String message, RunResult.Cure cure, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.cure = cure;
  }

  public String reason() {
    return reason;
  }

  public RunResult.Cure cure() {
    return cure;
  }

  /** The failure as a run's answer. */
  public RunResult.Failure toResult(String runUid) {
    return new RunResult.Failure(runUid, reason, getMessage(), cure);
  }
}
