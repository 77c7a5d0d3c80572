package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The program that checks and tests rules; it comes with Prometheus. */
final class Promtool {
  private static final String NAME = "promtool";

  private Promtool() {}

  /** The test is skipped, and says so, where there is none. */
  static void require() {
    assumeTrue(
        isInstalled(NAME),
        "needs promtool of Prometheus 2.42 or newer: apt-get install prometheus");
  }

  /** Whether the PATH has a program. */
  static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Fails with all that promtool says. */
  static void succeeds(String... arguments) {
    Kubectl.Result result =
        Kubectl.command(Stream.concat(Stream.of(NAME), Stream.of(arguments)).toList());
    assertThat(result.code()).as("%s %s%n%s", NAME, List.of(arguments), result.output()).isZero();
  }
}
