package dev.firstday.cli.dataset;

/** The command cannot do what it is asked; the message is for the person who asked. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }

  CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
