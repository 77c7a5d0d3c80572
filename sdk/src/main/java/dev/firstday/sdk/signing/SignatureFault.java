package dev.firstday.sdk.signing;

import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;

/** A version is not signed by whom it should be. */
public final class SignatureFault extends RunFailure {
  /** Nobody whose key is known has signed it. */
  public static final String MISSING = "SignatureMissing";

  /** There is a signature, and it is none of this version by that key. */
  public static final String INVALID = "SignatureInvalid";

  private SignatureFault(String reason, String message, Throwable cause) {
    super(reason, message, Cure.FIX_DATA, cause);
  }

  static SignatureFault missing(String message) {
    return new SignatureFault(MISSING, message, null);
  }

  static SignatureFault invalid(String message) {
    return new SignatureFault(INVALID, message, null);
  }

  static SignatureFault invalid(String message, Throwable cause) {
    return new SignatureFault(INVALID, message, cause);
  }
}
