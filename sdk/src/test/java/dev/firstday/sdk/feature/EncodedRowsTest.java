package dev.firstday.sdk.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.Columns;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.data.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodedRowsTest {
  private static final Table TABLE = table(1, null, 3, 4, 5);
  private static final Features FEATURES =
      Features.fit(
          List.of(
              Feature.numeric("size"), Feature.categorical("colour"), Feature.cyclic("hour", 24)),
          TABLE);

  @TempDir private Path directory;

  private static Table table(Object... sizes) {
    return Tables.table()
        .with("size", Type.DOUBLE, sizes)
        .with("colour", Type.VARCHAR, "red", null, "red", "blue", "green")
        .with("hour", Type.INTEGER, 0, 6, 12, null, 18)
        .build();
  }

  @Test
  void rowsInAFileAreThoseInMemory() throws IOException {
    Path file = directory.resolve("rows");
    int[] order = {4, 0, 0, 3, 1, 2};
    int[] others = {3, 1, 2, 0, 4, 0};
    float[] inMemory = new float[order.length * FEATURES.width()];
    // what was there before must not show
    float[] inFile = new float[inMemory.length];
    Arrays.fill(inFile, 7);

    EncodedRows.of(FEATURES, TABLE).write(order, 0, order.length, inMemory, "colour", others);
    try (EncodedRows rows = EncodedRows.of(FEATURES, rowByRow(TABLE), file)) {
      rows.write(order, 0, order.length, inFile, "colour", others);
      assertThat(Files.size(file)).as("of a text one number is kept").isEqualTo(5 * 6 * 4);
    }

    assertThat(inFile).containsExactly(inMemory);
    assertThat(file).doesNotExist();
    for (int i = 0; i < order.length; i++) {
      float[] row = FEATURES.encode(FEATURES.row(TABLE, order[i]));
      float[] other = FEATURES.encode(FEATURES.row(TABLE, others[i]));
      System.arraycopy(other, 2, row, 2, 4);
      assertThat(inFile).containsSequence(row);
    }
  }

  @Test
  void rowsLieInAsManyMappingsAsTheyNeed() {
    float[] numbers = new float[3 * 100];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    // room for seven rows each, of which four are used: a power of two
    try (FloatRows rows =
        FloatRows.inFile(
            directory.resolve("rows"), 100, 3, 7 * 3, sink -> sink.add(numbers, 100))) {
      float[] row = new float[3];
      for (int i = 0; i < 100; i++) {
        rows.read(i, row);
        assertThat(row).containsExactly(3 * i, 3 * i + 1, 3 * i + 2);
      }
    }
  }

  @Test
  void aValueThatCannotBeEncodedIsNamedWithItsRowOfTheSplit() {
    Columns rows = rowByRow(table(1, 2, 3, Double.NaN, 5));
    Path file = directory.resolve("rows");

    assertThatThrownBy(() -> EncodedRows.of(FEATURES, rows, file))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("size")
        .hasMessageContaining("row 3 of the split");
    assertThat(file).doesNotExist();
  }

  @Test
  void rowsThatTheDiskHasNoRoomForAreRefusedBeforeItIsFull() {
    int rows = Integer.MAX_VALUE;
    assertThatThrownBy(
            () ->
                FloatRows.inFile(
                    directory.resolve("rows"), rows, 1 << 20, 1 << 20, sink -> sink.add(null, 0)))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("the encoded rows take 8,589,934,588 MiB in " + directory)
        .hasMessageContaining("are free: ");
  }

  @Test
  void aDiskThatFillsMeanwhileSaysSo() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    Path file = Files.createSymbolicLink(directory.resolve("rows"), full);

    assertThatThrownBy(() -> EncodedRows.of(FEATURES, TABLE, file))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("cannot be written to " + file + ": No space left on device")
        .extracting(failure -> ((RunFailure) failure).reason())
        .isEqualTo("ScratchNotWritable");
    assertThat(file).as("what was begun").doesNotExist();
  }

  /** The same table, a row at a time. */
  private static Columns rowByRow(Table table) {
    return new Columns() {
      @Override
      public int rows() {
        return table.rows();
      }

      @Override
      public Table.Column column(String name) {
        return table.column(name);
      }

      @Override
      public void read(List<String> names, ObjIntConsumer<Table> reader) {
        for (int row = 0; row < table.rows(); row++) {
          reader.accept(
              Tables.table()
                  .with("size", Type.DOUBLE, value("size", row))
                  .with("colour", Type.VARCHAR, value("colour", row))
                  .with("hour", Type.INTEGER, value("hour", row))
                  .build(),
              row);
        }
      }

      private Object value(String name, int row) {
        return Cells.value(table.column(name), row);
      }
    };
  }
}
