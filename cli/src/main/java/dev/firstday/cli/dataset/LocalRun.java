package dev.firstday.cli.dataset;

import dev.firstday.api.DatasetSpec;
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
import java.util.LinkedHashMap;
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
   * @throws RunFailure when these files cannot be read
   */
  List<FixtureResult> test(DatasetSpec spec) throws IOException {
    if (spec.tests() == null || spec.tests().isEmpty()) {
      return List.of();
    }
    Map<String, List<Path>> files = new LinkedHashMap<>();
    for (DatasetSpec.Files set : spec.source().files()) {
      if (set.columns() == null) {
        files.put(set.name(), data.files(spec.source()).get(set.name()));
      }
    }
    Map<String, Database.Description> known = rehearsal("types").columns(spec.source(), files);
    return new FixtureTests(resources, scratch.resolve("tests")).run(spec, known);
  }

  /** Tables of which neither the spec nor a file tells the columns, in words. */
  List<String> unknown(DatasetSpec spec) throws IOException {
    Map<String, List<Path>> files = data.files(spec.source());
    String where = data.folder().map(Path::toString).orElse("data");
    return spec.source().files().stream()
        .filter(set -> set.columns() == null && files.get(set.name()).isEmpty())
        .map(
            set ->
                "Table %s: no file in %s matches %s; --data says where it is"
                    .formatted(set.name(), where, set.uri()))
        .toList();
  }

  /**
   * @throws RunFailure when there would be no version
   */
  Rehearsal.Outcome build(DatasetFile.Named dataset) throws IOException {
    return rehearsal("version")
        .build(dataset.name(), dataset.spec(), data.files(dataset.spec().source()));
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
