package dev.firstday.trainer.check;

import java.nio.file.Path;

/** Where samples of failing rows are kept. */
@FunctionalInterface
public interface SampleSink {

  /**
   * @param file a Parquet file, deleted after the call
   * @return digest of its bytes, by which it is found again
   */
  String keep(Path file);
}
