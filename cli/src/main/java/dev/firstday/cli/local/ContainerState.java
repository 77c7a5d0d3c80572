package dev.firstday.cli.local;

import java.time.Instant;

/** What a container is at. */
sealed interface ContainerState {

  /**
   * @param retryAt when another start is due; null: nothing but a change of the pod helps
   */
  record Waiting(String reason, String message, Instant retryAt) implements ContainerState {}

  record Running(Instant startedAt) implements ContainerState {}

  record Terminated(int exitCode, String message, Instant startedAt, Instant finishedAt)
      implements ContainerState {}
}
