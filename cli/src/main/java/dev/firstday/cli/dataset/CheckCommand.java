package dev.firstday.cli.dataset;

import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Words;
import dev.firstday.operator.dataset.RefreshFault;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.trainer.check.CheckReport;
import dev.firstday.trainer.check.FailingSample;
import dev.firstday.trainer.fixture.FixtureResult;
import dev.firstday.trainer.snapshot.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firstday check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:a version would be good, and the spec be taken",
      "1:it would be refused, or not built, or the data set stall",
      "2:wrong usage"
    },
    description =
        "Builds a version of a data set from files of this machine and checks it, without a cluster or S3:"
            + " tests, transform, splits, checks. Nothing of it is kept.")
public final class CheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DATASET.yaml", description = "A file that holds a Dataset, or several.")
  private Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The files that spec.source names, by the last part of each uri. Left out: data/ beside the file.")
  private Path data;

  private final Output output;

  public CheckCommand() {
    this(Output.ofThisProcess());
  }

  CheckCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    try {
      LocalData local = LocalData.of(data, file);
      boolean good = true;
      for (DatasetFile.Named dataset : DatasetFile.read(file).datasets()) {
        output.line(output.style().paint(Paint.STRONG, "Dataset " + dataset.name()));
        good &= isGood(dataset, local);
        good &= canRefresh(dataset);
      }
      return good ? 0 : 1;
    } catch (CommandFailure e) {
      return output.failed("check", e);
    }
  }

  private boolean isGood(DatasetFile.Named dataset, LocalData local)
      throws IOException, CommandFailure {
    if (local.folder().isEmpty()) {
      throw new CommandFailure(
          "there is no folder data beside %s: say with --data where the files are".formatted(file));
    }
    try (LocalRun run = LocalRun.of(local)) {
      List<FixtureResult> tests = run.test(dataset.spec());
      if (!tests.isEmpty()) {
        output.line("Tests: " + TestsView.summary(tests, output.style()));
        output.lines(TestsView.lines(tests, output.style()));
      }
      if (!tests.stream().allMatch(FixtureResult::passed)) {
        output.line("No version is built: a test fails.");
        return false;
      }
      return show(dataset, run.build(dataset));
    } catch (RunFailure e) {
      output.line(
          output.style().paint(Paint.BAD, "No version (" + e.reason() + "): ") + e.getMessage());
      return false;
    }
  }

  /** A version may be good, and the data set stalls nevertheless. */
  private boolean canRefresh(DatasetFile.Named dataset) {
    Optional<String> fault = RefreshFault.of(dataset.spec());
    fault.ifPresent(
        words ->
            output.line(
                output.style().paint(Paint.BAD, "It would stall (" + RefreshFault.REASON + "): ")
                    + words));
    return fault.isEmpty();
  }

  private boolean show(DatasetFile.Named dataset, Rehearsal.Outcome outcome) {
    var now = Clock.systemUTC().instant();
    output.line(
        "Rows: "
            + String.join(
                ", ",
                outcome.rows().entrySet().stream()
                    .map(rows -> Words.count(rows.getValue()) + " " + rows.getKey())
                    .toList()));
    output.lines(
        ChecksView.lines(
            CheckReport.of(outcome.checks(), null, null, null),
            dataset.spec(),
            failingRows(dataset, outcome),
            now,
            output.style()));
    output.line(
        outcome.refused()
            ? output.style().paint(Paint.BAD, "This version would be refused.")
            : output.style().paint(Paint.GOOD, "This version would be good."));
    return !outcome.refused();
  }

  private Map<String, List<String>> failingRows(
      DatasetFile.Named dataset, Rehearsal.Outcome outcome) {
    Map<String, List<String>> lines = new HashMap<>();
    for (CheckOutcome check : outcome.checks()) {
      FailingSample sample = outcome.samples().get(check.sample());
      if (sample != null) {
        lines.put(
            check.name(),
            FailingRowsView.lines(check.name(), dataset.spec(), sample, output.style()));
      }
    }
    return lines;
  }
}
