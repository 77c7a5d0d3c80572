package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.store.LocalFile;
import dev.firstday.sdk.store.RemoteFile;
import dev.firstday.sdk.store.UserFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Copies the files of a data set's source to this machine, several at a time. */
final class SourceFetcher {
  private static final int AT_ONCE = 8;

  private final UserFiles files;
  private final Path directory;

  SourceFetcher(UserFiles files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /**
   * Looks for the files.
   *
   * @throws dev.firstday.sdk.RunFailure ObjectNotFound, or InvalidSource when a file is empty or
   *     its format is not known
   */
  SourceListing list(DatasetSpec.Source source) {
    return new SourceListing(source.files().stream().map(this::list).toList());
  }

  private SourceListing.Table list(DatasetSpec.Files set) {
    List<RemoteFile> found = files.list(set.uri());
    DatasetSpec.Format format = format(set, found);
    for (RemoteFile file : found) {
      if (file.bytes() == 0) {
        throw SnapshotFailures.invalidSource(
            "the file " + file.uri() + " is empty: upload it again", Cure.FIX_DATA);
      }
    }
    return new SourceListing.Table(set, format, found);
  }

  /** Copies what was listed. */
  List<SourceTable> fetch(SourceListing listing) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Pending> pending = new ArrayList<>();
      for (SourceListing.Table table : listing.tables()) {
        pending.add(begin(table, threads));
      }
      return pending.stream().map(Pending::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      threads.shutdownNow();
    }
  }

  private Pending begin(SourceListing.Table table, ExecutorService threads) {
    List<CompletableFuture<SourceTable.File>> copies = new ArrayList<>();
    for (RemoteFile file : table.files()) {
      // the local name tells DuckDB the compression, and nothing else of the key reaches it
      String name = "%06d%s".formatted(copies.size(), ending(table.format(), file));
      Path target = directory.resolve(table.set().name());
      copies.add(
          CompletableFuture.supplyAsync(
              () -> {
                LocalFile copy = files.fetch(file, target, name);
                return new SourceTable.File(copy.path(), file.uri(), copy.digest(), copy.bytes());
              },
              threads));
    }
    return new Pending(table, copies);
  }

  static String ending(DatasetSpec.Format format, RemoteFile file) {
    return switch (format) {
      case CSV -> file.key().toLowerCase(Locale.ROOT).endsWith(".gz") ? ".csv.gz" : ".csv";
      case PARQUET -> ".parquet";
    };
  }

  static DatasetSpec.Format format(DatasetSpec.Files set, List<RemoteFile> found) {
    if (set.format() != null) {
      return set.format();
    }
    List<DatasetSpec.Format> formats = found.stream().map(f -> guess(set, f)).distinct().toList();
    if (formats.size() > 1) {
      throw SnapshotFailures.invalidSource(
          "spec.source.files: table "
              + set.name()
              + " has files of both formats, csv and parquet: give each its own table",
          Cure.FIX_SPEC);
    }
    return formats.get(0);
  }

  private static DatasetSpec.Format guess(DatasetSpec.Files set, RemoteFile file) {
    String key = file.key().toLowerCase(Locale.ROOT);
    if (key.endsWith(".csv") || key.endsWith(".csv.gz")) {
      return DatasetSpec.Format.CSV;
    }
    if (key.endsWith(".parquet")) {
      return DatasetSpec.Format.PARQUET;
    }
    throw SnapshotFailures.invalidSource(
        "spec.source.files: the name of "
            + file.uri()
            + " tells no format: set format to csv or parquet for table "
            + set.name(),
        Cure.FIX_SPEC);
  }

  private record Pending(
      SourceListing.Table table, List<CompletableFuture<SourceTable.File>> copies) {
    SourceTable join() {
      List<SourceTable.File> files = copies.stream().map(CompletableFuture::join).toList();
      DatasetSpec.Files set = table.set();
      return new SourceTable(
          set.name(),
          table.format(),
          set.nullStrings() == null ? List.of() : set.nullStrings(),
          set.columns() == null ? List.of() : set.columns(),
          files);
    }
  }
}
