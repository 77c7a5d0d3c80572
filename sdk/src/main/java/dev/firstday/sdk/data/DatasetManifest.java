package dev.firstday.sdk.data;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * All that makes a version of a data set. The sha256 of its canonical JSON is the version's digest,
 * so nothing in it differs between equal runs: no time, no run, no version number.
 *
 * @param name the data set's name
 * @param columns as declared, which is also the order of the columns in both files
 * @param split how rows were divided
 * @param train the training split's file (Parquet)
 * @param validation the validation split's file (Parquet)
 * @param test the test split's file (Parquet); null when the split has none
 * @param sources every file that was read, in the order of table and key
 * @param transform the SQL
 * @param engine name and version of what ran it
 * @param checks digest of everything that says what is checked: other checks are another version,
 *     since they may judge it otherwise
 * @param fingerprint of the rows, whatever their order and their files: two versions with the same
 *     have the same rows in the same splits
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetManifest(
    String name,
    List<DatasetSpec.Column> columns,
    DatasetSpec.Split split,
    ObjectRef train,
    ObjectRef validation,
    ObjectRef test,
    List<SourceFile> sources,
    String transform,
    String engine,
    String checks,
    String fingerprint) {
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  /**
   * A stored file.
   *
   * @param digest sha256 of its bytes, and its name in the store
   */
  public record ObjectRef(String digest, long bytes, long rows) {}

  /**
   * A file that was read.
   *
   * @param table the table it is part of
   * @param digest sha256 of the bytes read
   */
  public record SourceFile(String table, String uri, String digest, long bytes) {}

  /** Rows of all splits. */
  public long rows() {
    return train.rows() + validation.rows() + (test == null ? 0 : test.rows());
  }

  /** The version's digest. */
  public String digest() {
    return Contract.digest(this);
  }

  /** Stores the manifest and gives its digest. */
  public String store(ObjectStore objects) {
    return objects.put(Contract.write(this).getBytes(StandardCharsets.UTF_8));
  }

  /** The manifest of the version with that digest, verified. */
  public static DatasetManifest load(ObjectStore objects, String digest) {
    return Contract.read(
        new String(objects.read(digest, MAX_BYTES), StandardCharsets.UTF_8), DatasetManifest.class);
  }
}
