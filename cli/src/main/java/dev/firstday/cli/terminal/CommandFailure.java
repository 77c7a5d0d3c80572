package dev.firstday.cli.terminal;

/** The command cannot do what it is asked; the message is for the person who asked. */
public final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  public CommandFailure(String message) {
    super(message);
  }

  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
