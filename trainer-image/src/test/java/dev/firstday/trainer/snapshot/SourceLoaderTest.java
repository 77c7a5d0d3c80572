package dev.firstday.trainer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.DatasetSpec.Format;
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

  private List<List<Object>> load(String... contents) throws IOException {
    List<SourceTable.File> files = new ArrayList<>();
    for (String content : contents) {
      Path path = directory.resolve(files.size() + ".csv");
      Files.writeString(path, content);
      files.add(new SourceTable.File(path, "s3://b/" + path.getFileName(), "0", content.length()));
    }
    database.execute("DROP TABLE IF EXISTS t");
    new SourceLoader(database).load(new SourceTable("t", Format.CSV, List.of("NA"), files));
    return database.query("FROM t");
  }
}
