package dev.firstday.cli.apiserver.store;

/** The changes since the revision that was asked for are no longer all remembered. */
public final class CompactedException extends Exception {
  private static final long serialVersionUID = 1L;

  CompactedException(long asked, long oldest) {
    super("too old resource version: " + asked + " (" + oldest + ")");
  }
}
