package dev.firstday.cli.odcs;

/** What is wrong with a contract; the message names the place in it. */
final class OdcsFailure extends RuntimeException {
  OdcsFailure(String message) {
    super(message);
  }

  OdcsFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
