package dev.firstday.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ExitCode;

/**
 * The scripts of {@code cli/bin} as they lie in a checkout, with one difference: the launcher at
 * its root runs the classes of this test, and builds nothing.
 */
class KubectlPluginTest {
  private static final Path SCRIPTS = Path.of("bin");

  @TempDir Path checkout;
  private Path bin;

  @BeforeEach
  void copy() throws IOException {
    bin = Files.createDirectories(checkout.resolve("cli/bin"));
    try (Stream<Path> scripts = Files.list(SCRIPTS)) {
      for (Path script : scripts.toList()) {
        Files.copy(script, bin.resolve(script.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Path launcher =
        Files.writeString(
            checkout.resolve("firstday"),
            "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"\n"
                .formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    System.getProperty("java.class.path"),
                    Main.class.getName()));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void thePluginIsTheCommand() throws Exception {
    Said help = run(script("kubectl-firstday"), "--help");
    assertThat(help.code()).as(help.text()).isZero();
    assertThat(help.text()).contains("Usage: firstday", "rollout", "readiness");
  }

  @Test
  void whatIsTypedReachesTheCommandAsItIs() throws Exception {
    Said refused = run(script("kubectl-firstday"), "why", "no such kind/late");
    assertThat(refused.code()).as(refused.text()).isEqualTo(1);
    assertThat(refused.text()).startsWith("firstday why: no such kind is no kind");

    Said unknown = run(script("kubectl-firstday"), "rollout", "no such command");
    assertThat(unknown.code()).as(unknown.text()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.text()).contains("no such command");
  }

  @Test
  void completionsAreOfferedInKubectlsWords() throws Exception {
    assertThat(run(script("kubectl_complete-firstday"), "rollout", "pr").text().lines())
        .containsExactly("promote", ":4");
    assertThat(run(script("kubectl_complete-firstday"), "").text().lines())
        .contains("demo", "rollout", "why", ":4");
  }

  @Test
  void kubectlFindsThePlugin() throws Exception {
    requireKubectl();
    Said help = run("kubectl", "firstday", "--help");
    assertThat(help.code()).as(help.text()).isZero();
    assertThat(help.text()).contains("Usage: firstday");

    Said refused = run("kubectl", "firstday", "why", "no such kind/late");
    assertThat(refused.code()).as(refused.text()).isEqualTo(1);
    assertThat(refused.text()).startsWith("firstday why: no such kind is no kind");
  }

  @Test
  void kubectlCompletesWhatFollowsThePlugin() throws Exception {
    requireKubectl();
    Said offered = run("kubectl", "__complete", "firstday", "");
    assertThat(offered.code()).as(offered.text()).isZero();
    assertThat(offered.text().lines()).contains("demo", "rollout", "why", ":4");
    assertThat(run("kubectl", "__complete", "firstday", "rollout", "pr").text().lines())
        .contains("promote", ":4")
        .doesNotContain("abort");
  }

  private static void requireKubectl() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl"))),
        "needs kubectl on the PATH");
  }

  private String script(String name) {
    return bin.resolve(name).toString();
  }

  /** Runs it with the scripts' folder on its PATH, and no cluster. */
  private Said run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", bin + ":" + System.getenv("PATH"),
                "HOME", checkout.toString(),
                "KUBECONFIG", checkout.resolve("none").toString()));
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }

  /**
   * @param text of both outputs
   */
  private record Said(int code, String text) {}
}
