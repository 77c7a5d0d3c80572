package dev.firstday.cli.odcs;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firstday import odcs}. */
@Command(
    name = "odcs",
    mixinStandardHelpOptions = true,
    description =
        "Prints a Dataset with the columns and checks of a data contract (Open Data Contract Standard, v3). What"
            + " the contract cannot know is marked with a comment.")
public final class OdcsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The contract, in YAML.")
  private Path file;

  @Option(
      names = "--object",
      paramLabel = "NAME",
      description =
          "Which object of the contract's schema. May be left out when there is only one.")
  private String object;

  @Override
  public Integer call() {
    try {
      String dataset = Skeleton.of(OdcsContract.read(file), object);
      spec.commandLine().getOut().print(dataset);
      spec.commandLine().getOut().flush();
      return 0;
    } catch (OdcsFailure e) {
      spec.commandLine().getErr().println("firstday import odcs: " + file + ": " + e.getMessage());
      return 1;
    }
  }
}
