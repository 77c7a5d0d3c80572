package dev.firstday.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The command that users type, in one namespace. */
record Kubectl(String namespace) {

  /**
   * @return what it prints
   * @throws IllegalStateException when it fails; with what it says
   */
  String run(String... arguments) {
    Result result = attempt(arguments);
    if (result.code() != 0) {
      throw new IllegalStateException(
          "kubectl %s: %s".formatted(String.join(" ", arguments), result.output()));
    }
    return result.output();
  }

  Result attempt(String... arguments) {
    return command(
        Stream.concat(Stream.of("kubectl", "--namespace", namespace), Stream.of(arguments))
            .toList());
  }

  /** The same with something to read. */
  Result attempt(String input, List<String> arguments) {
    return command(
        input,
        Stream.concat(Stream.of("kubectl", "--namespace", namespace), arguments.stream()).toList());
  }

  /** Runs any command to its end, both outputs in one. */
  static Result command(List<String> command) {
    return command("", command);
  }

  private static Result command(String input, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new IllegalStateException(command.get(0) + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Exit code and output. */
  record Result(int code, String output) {}
}
