package dev.firstday.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FaultsTest {

  @Test
  void anErrorAndAnExceptionAreToldInALine() {
    assertThat(errorsOf(new NoClassDefFoundError("org/Missing")))
        .startsWith("firstday: this should not happen: java.lang.NoClassDefFoundError: org/Missing")
        .contains("please report it", "FaultsTest");
    assertThat(errorsOf(new IllegalStateException("odd")))
        .startsWith("firstday: this should not happen: java.lang.IllegalStateException: odd");
  }

  private static String errorsOf(Throwable fault) {
    StringWriter errors = new StringWriter();
    CommandLine line = new CommandLine(new Nothing()).addSubcommand(new Failing(fault));
    line.setErr(new PrintWriter(errors));
    assertThat(Faults.execute(line, "failing")).isEqualTo(1);
    return errors.toString();
  }

  @Command(name = "nothing")
  private record Nothing() {}

  @Command(name = "failing")
  private record Failing(Throwable fault) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      if (fault instanceof Error error) {
        throw error;
      }
      throw (Exception) fault;
    }
  }
}
