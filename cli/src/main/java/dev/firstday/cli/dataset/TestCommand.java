package dev.firstday.cli.dataset;

import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.sdk.RunFailure;
import dev.firstday.trainer.fixture.FixtureResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firstday test}. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all tests passed", "1:one failed, or could not be run", "2:wrong usage"},
    description =
        "Runs the tests of a data set's transform on this machine, without a cluster or S3.")
public final class TestCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DATASET.yaml", description = "A file that holds a Dataset, or several.")
  private Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Files that tell the types of tables that declare no columns. Left out: data/ beside the file.")
  private Path data;

  private final Output output;

  public TestCommand() {
    this(Output.ofThisProcess());
  }

  TestCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    try {
      return run();
    } catch (CommandFailure e) {
      return output.failed("test", e);
    }
  }

  private int run() throws CommandFailure, IOException {
    List<FixtureResult> all = new ArrayList<>();
    for (DatasetFile.Named dataset : DatasetFile.read(file).datasets()) {
      output.line(output.style().paint(Paint.STRONG, dataset.name()));
      try (LocalRun run = LocalRun.of(LocalData.of(data, file))) {
        List<FixtureResult> results = run.test(dataset.spec());
        output.lines(TestsView.lines(results, output.style()));
        all.addAll(results);
      } catch (RunFailure e) {
        throw new CommandFailure(e.getMessage(), e);
      }
    }
    if (all.isEmpty()) {
      throw new CommandFailure(file + " has no tests: add some as spec.tests");
    }
    output.line(TestsView.summary(all, output.style()));
    return all.stream().allMatch(FixtureResult::passed) ? 0 : 1;
  }
}
