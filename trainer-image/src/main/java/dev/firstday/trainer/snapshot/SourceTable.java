package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.trainer.sql.Sql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A named table over files that are on this machine.
 *
 * @param columns as declared, which are then those of the table; none: those of the files
 */
record SourceTable(
    String name,
    DatasetSpec.Format format,
    List<String> nullStrings,
    List<DatasetSpec.SourceColumn> columns,
    List<File> files) {
  /** Begins what is said of a value that is not of the declared type. */
  static final String MISFIT = "firstday misfit: ";

  // a name that no column of a user's can have
  private static final String FILE = "firstday file";

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
    String what =
        switch (format) {
          case CSV -> "TABLE";
          case PARQUET -> "VIEW";
        };
    String rows =
        columns.isEmpty() ? "FROM " + scan(files) : "SELECT " + declared() + " FROM " + scan(files);
    return "CREATE %s %s AS %s".formatted(what, Sql.name(name), rows);
  }

  /** Looks at every declared value, where reading a column is left to later queries. */
  String probe() {
    return "SELECT "
        + columns.stream()
            .map(column -> "count(" + Sql.name(column.name()) + ")")
            .collect(Collectors.joining(", "))
        + " FROM "
        + Sql.name(name);
  }

  private String declared() {
    return columns.stream().map(SourceTable::declared).collect(Collectors.joining(", "));
  }

  /** A value of the declared type, or an error that tells file, column and value. */
  private static String declared(DatasetSpec.SourceColumn column) {
    String value = Sql.name(column.name());
    String type = column.type().name();
    String misfit =
        "error(%s || %s || %s || CAST(%s AS VARCHAR) || %s)"
            .formatted(
                Sql.text(MISFIT + "the file "),
                Sql.name(FILE),
                Sql.text(", column " + column.name() + ": '"),
                value,
                Sql.text("' is no " + type));
    return "CASE WHEN %s THEN %s ELSE TRY_CAST(%s AS %s) END AS %s"
        .formatted(ColumnRules.uncastable(value, type), misfit, value, type, value);
  }

  /** Reads one of the files. */
  String scan(File file) {
    return scan(List.of(file));
  }

  private String scan(List<File> some) {
    String paths = "[" + Sql.texts(some.stream().map(f -> f.path().toString()).toList()) + "]";
    String origin = columns.isEmpty() ? "" : ", filename = " + Sql.text(FILE);
    return switch (format) {
      case CSV -> {
        List<String> missing = new ArrayList<>(List.of(""));
        missing.addAll(nullStrings);
        yield "read_csv("
            + paths
            + dialect(CsvHeader.of(some.get(0)))
            // declared types are no guess: DuckDB's own reading of 1.5 as an INTEGER is 2
            + (columns.isEmpty() ? ", sample_size = -1" : ", all_varchar = true")
            + ", union_by_name = true, nullstr = ["
            + Sql.texts(missing)
            + "]"
            + origin
            + ")";
      }
      case PARQUET -> "read_parquet(" + paths + ", union_by_name = true" + origin + ")";
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
