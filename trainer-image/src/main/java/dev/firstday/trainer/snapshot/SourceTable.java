package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.trainer.sql.Sql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A named table over files that are on this machine. */
record SourceTable(
    String name, DatasetSpec.Format format, List<String> nullStrings, List<File> files) {

  /**
   * A file's copy.
   *
   * @param digest sha256 of the copy
   */
  record File(Path path, String uri, String digest, long bytes) {}

  /**
   * What makes the table. CSV is read once, as its types are found by looking at all of it; Parquet
   * stays where it is, for queries to take the columns they need.
   */
  String create() {
    return switch (format) {
      case CSV -> "CREATE TABLE " + Sql.name(name) + " AS FROM " + scan(files);
      case PARQUET -> "CREATE VIEW " + Sql.name(name) + " AS FROM " + scan(files);
    };
  }

  /** Reads one of the files. */
  String scan(File file) {
    return scan(List.of(file));
  }

  private String scan(List<File> some) {
    String paths = "[" + Sql.texts(some.stream().map(f -> f.path().toString()).toList()) + "]";
    return switch (format) {
      case CSV -> {
        List<String> missing = new ArrayList<>(List.of(""));
        missing.addAll(nullStrings);
        yield "read_csv("
            + paths
            + dialect(CsvHeader.of(some.get(0)))
            + ", sample_size = -1, union_by_name = true, nullstr = ["
            + Sql.texts(missing)
            + "])";
      }
      case PARQUET -> "read_parquet(" + paths + ", union_by_name = true)";
    };
  }

  /** Reads a CSV file as texts, without guessing at types: what fails then names its line. */
  String scanTexts(File file) {
    CsvHeader header = CsvHeader.of(file);
    String columns =
        IntStream.rangeClosed(1, header.columns())
            .mapToObj(i -> "'" + i + "': 'VARCHAR'")
            .collect(Collectors.joining(", "));
    return "read_csv("
        + Sql.text(file.path().toString())
        + dialect(header)
        + ", auto_detect = false, columns = {"
        + columns
        + "})";
  }

  /**
   * Left to guess, DuckDB takes a row that is too long for another dialect, a row that begins with
   * # for a comment, and a title above the header for nothing.
   */
  private static String dialect(CsvHeader header) {
    return ", header = true, delim = "
        + Sql.text(String.valueOf(header.delimiter()))
        + ", quote = '\"', escape = '\"', comment = '', skip = 0";
  }

  /** DuckDB's words with the file's uri in place of where its copy lies. */
  String withUris(String message) {
    String result = message;
    for (File file : files) {
      result = result.replace(file.path().toString(), file.uri());
    }
    return result;
  }
}
