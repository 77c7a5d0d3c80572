package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.LocalFile;
import dev.firstday.sdk.store.RemoteFile;
import dev.firstday.trainer.check.CheckPlan;
import dev.firstday.trainer.check.FailingSample;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes of files on this machine what a run would make of them in S3, and stores nothing: to try a
 * data set out before it is applied.
 */
public final class Rehearsal {
  private static final int SAMPLE_ROWS = 3;

  private final SqlResources resources;
  private final Path directory;
  private final Clock clock;

  /**
   * @param directory empty, and of no use afterwards
   */
  public Rehearsal(SqlResources resources, Path directory, Clock clock) {
    this.resources = resources;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * A version, looked at by all its checks; those that compare with another version are skipped.
   *
   * @param files of each table, by its name
   * @throws dev.firstday.sdk.RunFailure when there would be no version
   */
  public Outcome build(String dataset, DatasetSpec spec, Map<String, List<Path>> files) {
    SpecRules.require(spec);
    CheckPlan plan = CheckPlan.of(spec);
    for (DatasetSpec.Files set : spec.source().files()) {
      if (files.getOrDefault(set.name(), List.of()).isEmpty()) {
        throw SnapshotFailures.invalidSource(
            "spec.source.files, table %s: there is no file that matches %s"
                .formatted(set.name(), set.uri()),
            Cure.FIX_DATA);
      }
    }
    List<SourceTable> sources = tables(spec.source(), files);
    SnapshotBuilder.Snapshot snapshot =
        new SnapshotBuilder(resources, directory, directory.resolve("versions"))
            .build(spec, plan, sources, columns -> {});
    DatasetManifest manifest = Recipe.manifest(dataset, spec, sources, snapshot);
    Map<String, FailingSample> samples = new HashMap<>();
    List<CheckOutcome> outcomes =
        new Examination(resources, directory)
            .check(
                plan,
                snapshot.files(manifest),
                new Examination.Beside(Optional.empty(), Optional.empty(), List.of()),
                sources,
                file -> {
                  String digest = LocalFile.of(file).digest();
                  samples.put(digest, FailingSample.read(file, SAMPLE_ROWS));
                  return digest;
                },
                clock.instant());
    return new Outcome(snapshot.rows(), outcomes, samples);
  }

  /** The columns of the tables whose files are there, as the transform finds them. */
  public Map<String, Database.Description> columns(
      DatasetSpec.Source source, Map<String, List<Path>> files) {
    Map<String, Database.Description> columns = new LinkedHashMap<>();
    try (Database database = Database.open(resources, directory.resolve("spill"))) {
      SourceLoader loader = new SourceLoader(database);
      for (SourceTable table : tables(source, files)) {
        loader.load(table);
        columns.put(table.name(), database.describe("FROM " + Sql.name(table.name())));
      }
    }
    return columns;
  }

  private List<SourceTable> tables(DatasetSpec.Source source, Map<String, List<Path>> files) {
    List<SourceTable> tables = new ArrayList<>();
    for (DatasetSpec.Files set : source.files()) {
      List<RemoteFile> found =
          files.getOrDefault(set.name(), List.of()).stream().map(Rehearsal::listed).toList();
      if (!found.isEmpty()) {
        tables.add(table(set, SourceFetcher.format(set, found), found));
      }
    }
    return tables;
  }

  private SourceTable table(
      DatasetSpec.Files set, DatasetSpec.Format format, List<RemoteFile> found) {
    List<SourceTable.File> files = new ArrayList<>();
    for (RemoteFile file : found) {
      String name = "%06d%s".formatted(files.size(), SourceFetcher.ending(format, file));
      Path here =
          bring(Path.of(file.uri()), directory.resolve("sources").resolve(set.name()), name);
      LocalFile local = LocalFile.of(here);
      files.add(new SourceTable.File(here, file.uri(), local.digest(), local.bytes()));
    }
    return new SourceTable(
        set.name(),
        format,
        set.nullStrings() == null ? List.of() : set.nullStrings(),
        set.columns() == null ? List.of() : set.columns(),
        files);
  }

  /** SQL of others reaches the files of one directory only, and these lie elsewhere. */
  private static Path bring(Path file, Path folder, String name) {
    Path here = folder.resolve(name);
    try {
      Files.createDirectories(folder);
      try {
        return Files.createLink(here, file);
      } catch (IOException | UnsupportedOperationException otherDisk) {
        return Files.copy(file, here);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + file, e);
    }
  }

  private static RemoteFile listed(Path file) {
    try {
      if (Files.size(file) == 0) {
        throw SnapshotFailures.invalidSource("the file " + file + " is empty", Cure.FIX_DATA);
      }
      return new RemoteFile(
          file.toString(),
          "",
          file.getFileName().toString(),
          Files.size(file),
          "",
          Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * What a run would record.
   *
   * @param rows by split
   * @param samples of rows that fail a check, by the digest in its outcome
   */
  public record Outcome(
      Map<String, Long> rows, List<CheckOutcome> checks, Map<String, FailingSample> samples) {
    public boolean refused() {
      return checks.stream().anyMatch(CheckOutcome::refuses);
    }
  }
}
