package dev.firstday.trainer;

import dev.firstday.contract.Contract;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A trainer as a pod has it: a process that gets its run by its environment. */
final class TrainerProcess {
  private TrainerProcess() {}

  /**
   * Starts one.
   *
   * @param s3 how it reaches its store
   * @param directory gets the files {@code answer} and {@code log}, and is where it works
   */
  static Process start(Map<String, String> s3, Run run, Path directory) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.serialFilter=!*",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(log(directory).toFile());
    builder.environment().putAll(s3);
    builder.environment().put(Run.VARIABLE, Contract.writeRun(run));
    builder.environment().put(PodEnvironment.TERMINATION_LOG, answer(directory).toString());
    return builder.start();
  }

  static Path answer(Path directory) {
    return directory.resolve("answer");
  }

  static Path log(Path directory) {
    return directory.resolve("log");
  }
}
