package dev.firstday.cli.local;

/** A container asks for what is not there, or for what local mode does not have. */
final class CannotStartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason one word, as a container's waiting state names it
   */
  CannotStartException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  static CannotStartException configuration(String message) {
    return new CannotStartException("CreateContainerConfigError", message);
  }

  String reason() {
    return reason;
  }
}
