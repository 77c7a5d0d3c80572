package dev.firstday.sdk.data;

import dev.firstday.api.DatasetSpec;
import java.nio.file.Path;
import java.util.List;

/** Reads a split's file, whatever its format. */
public interface SplitReader {
  /**
   * @param file the split's file, as fetched by its digest; it stays where it is while the columns
   *     are used
   * @param columns what to read, in this order; names and types as the data set's manifest has them
   */
  Columns open(Path file, List<DatasetSpec.Column> columns);
}
