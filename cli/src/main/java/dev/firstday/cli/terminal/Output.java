package dev.firstday.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where a command's lines go. */
public record Output(PrintStream out, PrintStream errors, Style style) {

  /** In UTF-8, whatever the locale: names and values may hold anything. */
  public static Output ofThisProcess() {
    return new Output(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Style.of(Boolean.getBoolean("firstday.terminal.out"), System.getenv()));
  }

  public void line(String line) {
    out.println(line);
  }

  public void lines(List<String> lines) {
    lines.forEach(out::println);
  }

  /** Beside what was asked for, and so not among its lines. */
  public void note(String line) {
    errors.println(line);
  }

  /**
   * @return the exit code
   */
  public int failed(String command, Exception failure) {
    errors.println("firstday " + command + ": " + failure.getMessage());
    return 1;
  }
}
