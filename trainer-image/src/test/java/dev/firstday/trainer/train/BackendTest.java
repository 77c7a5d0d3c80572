package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.firstday.sdk.RunFailure;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BackendTest {
  @Test
  void processorsAreThere() {
    assertThatCode(Backend::require).doesNotThrowAnyException();
  }

  /** In a process without the backend of processors, as the image for GPUs is on a node of none. */
  @Test
  void nothingToComputeOnIsSaidWithItsCure() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("nd4j-native-1"))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                BackendTest.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader()) {
      List<String> lines = output.lines().toList();

      assertThat(lines)
          .anySatisfy(
              line ->
                  assertThat(line).startsWith("GpuUnavailable FIX_DATA").contains("nvidia-smi"));
    } finally {
      process.destroyForcibly();
    }
  }

  public static void main(String[] arguments) {
    try {
      Backend.require();
    } catch (RunFailure e) {
      System.out.println(e.reason() + " " + e.cure() + " " + e.getMessage());
    }
  }
}
