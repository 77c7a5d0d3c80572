package dev.firstday.cli.apiserver;

import java.nio.file.Path;

/** Finds what a container wrote, for {@code kubectl logs}. */
@FunctionalInterface
public interface PodLogs {

  /**
   * The file that the container's output goes to. It may not exist yet; then there is nothing to
   * show.
   *
   * @param previous whether the container's last ended run is meant, not the present one
   */
  Path file(String namespace, String pod, String container, boolean previous);
}
