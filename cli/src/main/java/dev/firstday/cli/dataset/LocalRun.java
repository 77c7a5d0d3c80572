package dev.firstday.cli.dataset;

import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.trainer.fixture.FixtureResult;
import dev.firstday.trainer.fixture.FixtureTests;
import dev.firstday.trainer.snapshot.Rehearsal;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Does on this machine what a run does in a pod, in a folder that is gone afterwards. */
final class LocalRun implements AutoCloseable {
  private final SqlResources resources = SqlResources.detect();
  private final LocalData data;
  private final Path scratch;

  private LocalRun(LocalData data, Path scratch) {
    this.data = data;
    this.scratch = scratch;
  }

  static LocalRun of(LocalData data) throws IOException {
    return new LocalRun(data, Files.createTempDirectory("firstday-"));
  }

  /**
   * The tests of a transform; only the files of tables that declare no columns are looked at.
   *
   * @throws RunFailure when these files are not there, or cannot be read
   */
  List<FixtureResult> test(DatasetSpec spec) throws IOException {
    if (spec.tests() == null || spec.tests().isEmpty()) {
      return List.of();
    }
    List<DatasetSpec.Files> undeclared =
        spec.source().files().stream().filter(set -> set.columns() == null).toList();
    requireFiles(
        undeclared,
        spec.source(),
        "Put it there, say with --data where it is, or declare the columns in spec.source.files[].columns: the tests need their types");
    Map<String, List<Path>> files = data.files(spec.source());
    files.keySet().retainAll(undeclared.stream().map(DatasetSpec.Files::name).toList());
    Map<String, Database.Description> known = rehearsal("types").columns(spec.source(), files);
    return new FixtureTests(resources, scratch.resolve("tests")).run(spec, known);
  }

  /**
   * @throws RunFailure InvalidSource, when a table has no file here
   */
  private void requireFiles(List<DatasetSpec.Files> tables, DatasetSpec.Source source, String cure)
      throws IOException {
    Map<String, List<Path>> files = data.files(source);
    List<String> lacks =
        tables.stream()
            .filter(set -> files.get(set.name()).isEmpty())
            .map(set -> "table %s: %s".formatted(set.name(), data.lack(set.uri())))
            .toList();
    if (!lacks.isEmpty()) {
      throw new RunFailure("InvalidSource", String.join("; ", lacks) + ". " + cure, Cure.FIX_DATA);
    }
  }

  /**
   * @throws RunFailure when there would be no version
   */
  Rehearsal.Outcome build(DatasetFile.Named dataset) throws IOException {
    DatasetSpec.Source source = dataset.spec().source();
    requireFiles(source.files(), source, "Put it there, or say with --data where it is");
    return rehearsal("version").build(dataset.name(), dataset.spec(), data.files(source));
  }

  private Rehearsal rehearsal(String folder) {
    return new Rehearsal(resources, scratch.resolve(folder), Clock.systemUTC());
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(scratch)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
