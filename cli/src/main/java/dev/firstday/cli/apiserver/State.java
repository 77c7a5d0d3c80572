package dev.firstday.cli.apiserver;

import java.nio.file.Path;

/** Where the objects live. */
public sealed interface State {

  /** Gone when the server closes. */
  record InMemory() implements State {}

  /**
   * Kept in files below {@code directory}, which is made when it is not there; a server that is
   * started on it again goes on where the last one stopped.
   */
  record Folder(Path directory) implements State {}
}
