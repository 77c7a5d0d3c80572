package dev.firstday.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code firstday complete}: what may come next, a line each, and kubectl's word that file names
 * may not. kubectl asks an executable {@code kubectl_complete-firstday} in this way.
 */
@Command(
    name = "complete",
    hidden = true,
    description = "Prints what may follow, for completion in a shell.")
public final class CompleteCommand implements Callable<Integer> {
  /** cobra's ShellCompDirectiveNoFileComp. */
  private static final String NO_FILES = ":4";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "WORD",
      description = "What is typed so far; the last word is the one to complete, and may be empty.")
  private List<String> words = List.of();

  private CompleteCommand() {}

  public static CommandLine of() {
    // the options of other commands are words here
    return new CommandLine(new CompleteCommand()).setUnmatchedOptionsArePositionalParams(true);
  }

  @Override
  public Integer call() {
    candidates(spec.root(), words).forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().println(NO_FILES);
    return 0;
  }

  /** What may stand in the place of the last word. */
  static List<String> candidates(CommandSpec root, List<String> typed) {
    List<String> words = typed.isEmpty() ? List.of("") : typed;
    String last = words.get(words.size() - 1);
    List<CharSequence> rests = new ArrayList<>();
    AutoComplete.complete(
        root, words.toArray(String[]::new), words.size() - 1, last.length(), last.length(), rests);
    return rests.stream()
        .map(rest -> last + rest)
        // what a shell would offer as well, and nobody means
        .filter(candidate -> !candidate.isBlank() && !candidate.equals("complete"))
        .sorted()
        .toList();
  }
}
