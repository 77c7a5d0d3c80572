package dev.firstday.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** What no command expects, an {@link Error} too, is told in a line before its trace. */
final class Faults {
  private Faults() {}

  /**
   * @return the exit code
   */
  static int execute(CommandLine line, String... arguments) {
    line.setExecutionExceptionHandler((failure, command, parsed) -> told(failure, line));
    try {
      return line.execute(arguments);
    } catch (Error e) {
      return told(e, line);
    }
  }

  private static int told(Throwable fault, CommandLine line) {
    PrintWriter errors = line.getErr();
    errors.println("firstday: this should not happen: " + fault);
    errors.println("If nothing is wrong with this machine, please report it with these lines:");
    errors.print(line.getColorScheme().richStackTraceString(fault));
    errors.flush();
    return ExitCode.SOFTWARE;
  }
}
