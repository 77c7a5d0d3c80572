package dev.firstday.cli.local;

import dev.firstday.contract.PodEnvironment;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A container that was started: the process, and the file for its last words. */
final class ContainerProcess {
  /** A kubelet cuts a termination message here. */
  private static final int MESSAGE_BYTES = 4096;

  private static final int LOG_TAIL_BYTES = 2048;

  private final Process process;
  private final Instant startedAt;
  private final Path terminationLog;
  private final Path log;
  private final boolean logIsMessage;

  private ContainerProcess(
      Process process, Instant startedAt, Path terminationLog, Path log, boolean logIsMessage) {
    this.process = process;
    this.startedAt = startedAt;
    this.terminationLog = terminationLog;
    this.log = log;
    this.logIsMessage = logIsMessage;
  }

  /**
   * Where a container's process finds and leaves things.
   *
   * @param folder the pod's own
   * @param log what it prints
   * @param previousLog what it printed in its last run
   */
  record Paths(Path folder, Path log, Path previousLog) {}

  static ContainerProcess start(
      Container container,
      Image image,
      Map<String, String> environment,
      Mounts mounts,
      Paths paths,
      Instant now)
      throws IOException {
    Path temporary = Files.createDirectories(paths.folder().resolve("tmp"));
    Path terminationLog = paths.folder().resolve("termination-log");
    Files.writeString(terminationLog, "");
    Files.createDirectories(paths.log().getParent());
    if (Files.exists(paths.log())) {
      Files.move(paths.log(), paths.previousLog(), StandardCopyOption.REPLACE_EXISTING);
    }
    String tmp = mounts.rewrite("/tmp");
    ProcessBuilder builder =
        new ProcessBuilder(
                command(container, image, mounts, tmp.equals("/tmp") ? temporary.toString() : tmp))
            .directory(paths.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(paths.log().toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().retainAll(List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ"));
    variables.putAll(image.environment());
    environment.forEach((name, value) -> variables.put(name, mounts.rewrite(value)));
    // not as an argument: it would be all that a list of processes shows
    variables.put("CLASSPATH", image.classPath() + File.pathSeparator + LocalImages.ownClasses());
    variables.put(PodEnvironment.TERMINATION_LOG, terminationLog.toString());
    return new ContainerProcess(
        builder.start(),
        now,
        terminationLog,
        paths.log(),
        "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy()));
  }

  private static List<String> command(
      Container container, Image image, Mounts mounts, String temporary) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(image.jvmArguments());
    command.add("-Xmx" + heapMegabytes(container, image) + "m");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add(Tether.class.getName());
    command.add(image.mainClass());
    container.getArgs().forEach(argument -> command.add(mounts.rewrite(argument)));
    return command;
  }

  /** Half of a memory limit: the other half is for native arrays, code and stacks. */
  static long heapMegabytes(Container container, Image image) {
    var resources = container.getResources();
    Quantity limit =
        resources == null || resources.getLimits() == null
            ? null
            : resources.getLimits().get("memory");
    if (limit == null) {
      return image.heapMegabytes();
    }
    BigDecimal half = limit.getNumericalAmount().divide(BigDecimal.valueOf(2L << 20));
    return Math.max(32, half.longValue());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Instant startedAt() {
    return startedAt;
  }

  void onExit(Runnable action) {
    process.onExit().thenRun(action);
  }

  /** SIGTERM: finish what is under way, then end. */
  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Waits for the end, and kills when the time is over. */
  void awaitEnd(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** How it ended; only for one that did. */
  ContainerState.Terminated end(Instant now) throws IOException {
    return new ContainerState.Terminated(process.exitValue(), message(), startedAt, now);
  }

  private String message() throws IOException {
    byte[] words = Files.exists(terminationLog) ? Files.readAllBytes(terminationLog) : new byte[0];
    if (words.length == 0 && logIsMessage && process.exitValue() != 0 && Files.exists(log)) {
      byte[] all = Files.readAllBytes(log);
      return new String(
          Arrays.copyOfRange(all, Math.max(0, all.length - LOG_TAIL_BYTES), all.length),
          StandardCharsets.UTF_8);
    }
    return words.length == 0
        ? null
        : new String(words, 0, Math.min(words.length, MESSAGE_BYTES), StandardCharsets.UTF_8);
  }
}
