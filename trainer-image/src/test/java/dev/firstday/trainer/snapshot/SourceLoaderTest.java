package dev.firstday.trainer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstday.api.DatasetSpec.Format;
import dev.firstday.api.DatasetSpec.SourceColumn;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceLoaderTest {
  @TempDir private Path directory;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(new SqlResources(200L << 20, 2), directory);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void readsTheDialectsThatSpreadsheetsWrite() throws IOException {
    assertThat(load("\uFEFFid;name\r\n1;a\r\n2;\"b;\r\nc\"\r\n"))
        .containsExactly(List.of(1L, "a"), List.of(2L, "b;\r\nc"));
    assertThat(load("id\tname\n1\t'a'\n")).containsExactly(List.of(1L, "'a'"));
  }

  @Test
  void losesNoRow() throws IOException {
    assertThat(load("id,name\n1,a\n#2,b\n3,\"c\"\"c\"\n"))
        .containsExactly(List.of("1", "a"), List.of("#2", "b"), List.of("3", "c\"c"));
  }

  @Test
  void takesTypesThatHoldForAllRowsOfAllFiles() throws IOException {
    assertThat(load("id,name\n1,a\n", "name,id\nb,2.5\n", "id,name\nx,c\n"))
        .containsExactly(List.of("1", "a"), List.of("2.5", "b"), List.of("x", "c"));
  }

  @Test
  void knowsWhatMeansMissing() throws IOException {
    List<List<Object>> rows = load("id,name\nNA,a\n2,\n");

    assertThat(rows.get(0).get(0)).isNull();
    assertThat(rows.get(1).get(1)).isNull();
    assertThat(rows.get(1).get(0)).isEqualTo(2L);
  }

  @Test
  void takesTheFirstLineForTheHeader() {
    assertThatThrownBy(() -> load("All that we know\nid,name\n1,a\n"))
        .hasMessageContaining("s3://b/0.csv")
        .hasMessageContaining("Line: 2")
        .hasMessageContaining("Expected Number of Columns: 1 Found: 2");
  }

  @Test
  void readsDeclaredColumnsAsDeclaredAndNoOthers() throws IOException {
    List<SourceColumn> declared =
        List.of(
            new SourceColumn("id", Type.VARCHAR),
            new SourceColumn("size", Type.INTEGER),
            new SourceColumn("day", Type.DATE),
            new SourceColumn("ok", Type.BOOLEAN));

    assertThat(
            load(
                declared,
                "more,ok,id,size,day\nx,true,01,7,2026-01-02\n",
                "id,size,day,ok,other\n02,NA,2026-01-03,0,y\n"))
        .extracting(row -> row.stream().map(String::valueOf).toList())
        .containsExactly(
            List.of("01", "7", "2026-01-02", "true"), List.of("02", "null", "2026-01-03", "false"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INTEGER   | 1.5
          INTEGER   | 3000000000
          BIGINT    | x
          DOUBLE    | 1,5
          DATE      | 2026-01-01 05:00:00
          DATE      | 2026-02-30
          BOOLEAN   | 2
          TIMESTAMP | noon
          """)
  void namesFileColumnAndValueThatIsNotOfTheDeclaredType(Type type, String value) {
    var failure =
        catchThrowableOfType(
            RunFailure.class,
            () ->
                load(List.of(new SourceColumn("v", type)), "v;w\n;1\n", "v;w\n" + value + ";1\n"));

    assertThat(failure.reason()).isEqualTo("InvalidSource");
    assertThat(failure.cure()).isEqualTo(Cure.FIX_DATA);
    assertThat(failure)
        .hasMessage(
            "the file s3://b/1.csv, column v: '%s' is no %s, as spec.source.files declares it for table t: correct the file or the declaration, or name a text that means missing in nullStrings"
                .formatted(value, type));
  }

  @Test
  void namesTheFileThatLacksADeclaredColumn() {
    var failure =
        catchThrowableOfType(
            RunFailure.class,
            () ->
                load(
                    List.of(new SourceColumn("size", Type.DOUBLE)),
                    "id,size\n1,2\n",
                    "id,Size\n1,2\n"));

    assertThat(failure.reason()).isEqualTo("InvalidSource");
    assertThat(failure)
        .hasMessage(
            "the file s3://b/1.csv lacks size (did you mean Size?), which spec.source.files declares for table t: correct the file, or the declaration");
  }

  @Test
  void checksParquetAgainstWhatIsDeclared() {
    SourceTable.File file = parquet("SELECT 1::BIGINT AS a, 1.5 AS b, 'x' AS c");

    assertThat(
            load(
                Format.PARQUET,
                List.of(new SourceColumn("a", Type.INTEGER), new SourceColumn("b", Type.DOUBLE)),
                List.of(file)))
        .containsExactly(List.of(1, 1.5));
    assertThat(database.describe("FROM t").types()).containsExactly("INTEGER", "DOUBLE");
    assertThatThrownBy(
            () -> load(Format.PARQUET, List.of(new SourceColumn("b", Type.INTEGER)), List.of(file)))
        .hasMessage(
            "the file s3://b/0.parquet, column b: '1.5' is no INTEGER, as spec.source.files declares it for table t: correct the file or the declaration");
    assertThatThrownBy(
            () -> load(Format.PARQUET, List.of(new SourceColumn("d", Type.INTEGER)), List.of(file)))
        .hasMessageContaining("the file s3://b/0.parquet lacks d (did you mean a?)");
  }

  private SourceTable.File parquet(String sql) {
    Path path = directory.resolve("0.parquet");
    database.execute("COPY (" + sql + ") TO '" + path + "' (FORMAT parquet)");
    return new SourceTable.File(path, "s3://b/0.parquet", "0", 1);
  }

  private List<List<Object>> load(String... contents) throws IOException {
    return load(List.of(), contents);
  }

  private List<List<Object>> load(List<SourceColumn> declared, String... contents)
      throws IOException {
    List<SourceTable.File> files = new ArrayList<>();
    for (String content : contents) {
      Path path = directory.resolve(files.size() + ".csv");
      Files.writeString(path, content);
      files.add(new SourceTable.File(path, "s3://b/" + path.getFileName(), "0", content.length()));
    }
    return load(Format.CSV, declared, files);
  }

  private List<List<Object>> load(
      Format format, List<SourceColumn> declared, List<SourceTable.File> files) {
    database.execute("DROP %s IF EXISTS t".formatted(format == Format.CSV ? "TABLE" : "VIEW"));
    new SourceLoader(database).load(new SourceTable("t", format, List.of("NA"), declared, files));
    return database.query("FROM t");
  }
}
