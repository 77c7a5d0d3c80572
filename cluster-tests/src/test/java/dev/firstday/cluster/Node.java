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
  private static final String JAVA = "java";

  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  /** Joins a group and keeps a number of bytes in memory for a moment. */
  private static final String TAKE_MEMORY =
      "echo $$ > \"$0/cgroup.procs\" && head -c \"$1\" /dev/zero | tail > /dev/null";

  private Node() {}

  /**
   * What else lives in a pod only holds its network, or is about to become a container and is gone
   * a moment later.
   *
   * @param uid of a pod
   * @return its programs, all of which are Java; none when it runs elsewhere
   */
  static List<ProcessHandle> processesOf(String uid) {
    return ProcessHandle.allProcesses()
        .filter(process -> read(process, "cgroup").contains("pod" + uid))
        .filter(process -> read(process, "comm").strip().equals(JAVA))
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
      Kubectl.Result result =
          Kubectl.command(List.of("kill", signal, String.valueOf(process.pid())));
      if (result.code() != 0) {
        throw new IllegalStateException("kill: " + result.output());
      }
    }
  }

  /**
   * Takes memory of the containers in which the processes live, as a leak does. Where that is more
   * than a container may have, the kernel ends the container's own process, which it likes least.
   */
  static void takeMemory(List<ProcessHandle> processes, long bytes) {
    for (ProcessHandle process : processes) {
      String group = memoryGroup(process);
      if (!group.isEmpty()) {
        take(group, bytes);
      }
    }
  }

  private static void take(String group, long bytes) {
    try {
      new ProcessBuilder("sh", "-c", TAKE_MEMORY, group, String.valueOf(bytes))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Its folder, empty for a process that has ended. Memory has a hierarchy of its own in version 1
   * of cgroups, and none in version 2.
   */
  private static String memoryGroup(ProcessHandle process) {
    Path ofItsOwn = CGROUPS.resolve("memory");
    boolean first = Files.isDirectory(ofItsOwn);
    String group =
        read(process, "cgroup")
            .lines()
            .map(line -> line.split(":", 3))
            .filter(parts -> parts[1].equals(first ? "memory" : ""))
            .map(parts -> parts[2])
            .findFirst()
            .orElse("");
    return group.isEmpty() ? "" : (first ? ofItsOwn : CGROUPS) + group;
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
