package dev.firstday.sdk.artefact;

import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;

/** An artefact that is damaged, or that must not be opened; the message names file and cause. */
public final class ArtefactException extends RunFailure {
  ArtefactException(String reason, String message) {
    super(reason, message, Cure.FIX_DATA);
  }

  ArtefactException(String reason, String message, Throwable cause) {
    super(reason, message, Cure.FIX_DATA, cause);
  }

  /** The bytes are not those that were recorded. */
  static ArtefactException damaged(String message) {
    return new ArtefactException("ArtefactDamaged", message);
  }

  /** The file could do harm. */
  static ArtefactException unsafe(String message) {
    return new ArtefactException("ArtefactUnsafe", message);
  }
}
