package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.store.RemoteFile;
import java.util.List;

/** The files of a data set's source, as S3 lists them; nothing of their content is known yet. */
record SourceListing(List<Table> tables) {

  /**
   * A table's files, ordered by key.
   *
   * @param set as declared
   * @param format as declared, or as the names' endings tell
   */
  record Table(DatasetSpec.Files set, DatasetSpec.Format format, List<RemoteFile> files) {}

  /**
   * Digest of the declaration and of every file's name, size and ETag: while it is the same, so is
   * what would be read.
   */
  String digest() {
    return Contract.digest(tables.stream().map(SourceListing::listed).toList());
  }

  private static Listed listed(Table table) {
    return new Listed(
        table.set(),
        table.files().stream().map(f -> new File(f.uri(), f.bytes(), f.etag())).toList());
  }

  private record Listed(DatasetSpec.Files set, List<File> files) {}

  private record File(String uri, long bytes, String etag) {}
}
