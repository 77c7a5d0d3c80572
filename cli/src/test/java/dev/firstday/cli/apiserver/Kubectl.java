package dev.firstday.cli.apiserver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The kubectl of this machine, pointed at a server. */
public final class Kubectl {
  private static final long PATIENCE_SECONDS = 120;

  private final Path folder;
  private final Path kubeconfig;

  /**
   * @param folder for its cache, which must not outlive the server, and for files to apply
   */
  public Kubectl(Path folder, ApiServer server) throws IOException {
    this.folder = folder;
    this.kubeconfig = folder.resolve("kubeconfig");
    server.kubeconfig(kubeconfig);
  }

  public static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
  }

  public record Output(int code, String out, String err) {}

  public Output run(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "kubectl", ".out");
    Path err = Files.createTempFile(folder, "kubectl", ".err");
    Process process =
        builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("kubectl " + String.join(" ", arguments) + " does not end");
    }
    return new Output(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8).strip(),
        Files.readString(err, StandardCharsets.UTF_8).strip());
  }

  /** Starts a command that goes on, with its output in {@code out}. */
  Process start(Path out, String... arguments) throws IOException {
    return builder(arguments).redirectOutput(out.toFile()).redirectErrorStream(true).start();
  }

  public String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>(List.of("kubectl", "--cache-dir", folder + "/cache"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    return builder;
  }
}
