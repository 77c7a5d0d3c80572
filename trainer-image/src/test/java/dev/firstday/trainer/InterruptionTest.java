package dev.firstday.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes that get a real SIGTERM. */
class InterruptionTest {
  @ParameterizedTest
  @CsvSource({"heedful, left", "careless, "})
  void onlyWhoAsksIsGivenTimeToLeave(String worker, String lastWord) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                InterruptionTest.class.getName(),
                worker)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("at work");

      process.toHandle().destroy();

      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(output.readLine()).isEqualTo(lastWord);
      assertThat(process.exitValue()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Works until it is asked to leave, or for ever. */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::askAndWait));
    boolean heedful = arguments[0].equals("heedful");
    if (heedful) {
      interruption.heed();
    }
    // the signal comes as soon as this is read
    System.out.println("at work");
    if (!heedful) {
      new CountDownLatch(1).await();
    }
    while (!interruption.isAsked()) {
      Thread.onSpinWait();
    }
    System.out.println("left");
    interruption.left();
    System.exit(0);
  }
}
