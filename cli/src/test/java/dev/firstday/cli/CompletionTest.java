package dev.firstday.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What a shell is told when the tab key is pressed. */
class CompletionTest {

  @Test
  void commandsAndTheirsAreOffered() {
    assertThat(offered("")).contains("demo", "rollout", "why").doesNotContain("complete");
    assertThat(offered("ro")).containsExactly("rollout", ":4");
    assertThat(offered("rollout", "pr")).containsExactly("promote", ":4");
  }

  @Test
  void optionsAreOffered() {
    assertThat(offered("model", "show", "--ver")).contains("--version", ":4");
    assertThat(offered("rollout", "status", "late-arrival", "--js")).contains("--json", ":4");
  }

  @Test
  void aShellGetsItsScript() {
    assertThat(run("completion")).anyMatch(line -> line.contains("complete -F _complete_firstday"));
  }

  private static List<String> offered(String... typed) {
    String[] arguments = new String[typed.length + 1];
    arguments[0] = "complete";
    System.arraycopy(typed, 0, arguments, 1, typed.length);
    return run(arguments);
  }

  private static List<String> run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine commands =
        Main.commands(Path.of("."))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(out, true));
    assertThat(commands.execute(arguments)).as(out::toString).isZero();
    return out.toString().lines().toList();
  }
}
