package dev.firstday.trainer;

/** Work was left because the pod is to end; there is no answer, and another attempt goes on. */
public final class LeftException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message how far it came and what becomes of it, for people
   */
  public LeftException(String message) {
    super(message);
  }
}
