package dev.firstday.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The processes of a cluster whose only node is this machine: what no API can be asked for, they
 * die and hang here.
 */
final class Node {
  private static final String API_SERVERS_FLAG = "--etcd-servers";
  private static final String SANDBOX = "pause";

  private Node() {}

  /**
   * @param uid of a pod
   * @return its processes, without the one that holds its network; none when it runs elsewhere
   */
  static List<ProcessHandle> processesOf(String uid) {
    return ProcessHandle.allProcesses()
        .filter(process -> read(process, "cgroup").contains("pod" + uid))
        .filter(process -> !read(process, "comm").strip().equals(SANDBOX))
        .toList();
  }

  /** The API server; empty when it runs elsewhere. */
  static Optional<ProcessHandle> apiServer() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                Arrays.stream(read(process, "cmdline").split("\0"))
                    .anyMatch(argument -> argument.startsWith(API_SERVERS_FLAG)))
        .findFirst();
  }

  /** Ends them as a crash does. */
  static void kill(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
  }

  /** They stand still and keep their connections, until {@link #thaw}. */
  static void freeze(List<ProcessHandle> processes) {
    signal("-STOP", processes);
  }

  static void thaw(List<ProcessHandle> processes) {
    signal("-CONT", processes);
  }

  private static void signal(String signal, List<ProcessHandle> processes) {
    for (ProcessHandle process : processes) {
      Kubectl.command(List.of("kill", signal, String.valueOf(process.pid())));
    }
  }

  /** Empty for a process that has ended meanwhile. */
  private static String read(ProcessHandle process, String what) {
    Path file = Path.of("/proc", String.valueOf(process.pid()), what);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
      return "";
    }
  }
}
