package dev.firstday.trainer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.DatasetManifest.ObjectRef;
import dev.firstday.trainer.snapshot.Tag.Change;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagTest {

  @ParameterizedTest
  @CsvSource({
    "1.0.0, SAME_ROWS, 1.0.1",
    "1.0.9, SAME_ROWS, 1.0.10",
    "1.2.3, MORE_ROWS, 1.3.0",
    "1.2.3, OTHER_ROWS, 2.0.0",
    ", MORE_ROWS, 1.1.0",
    "what, MORE_ROWS, 1.1.0",
  })
  void countsByWhatChanged(String before, Change change, String after) {
    assertThat(Tag.parse(before).after(change)).hasToString(after);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 1:1, 100, 1:1, SAME_ROWS",
    "100, 1:1, 100, 1:2, OTHER_ROWS",
    "100, 1:1, 90, 1:2, OTHER_ROWS",
    "100, 1:1, 110, 1:2,",
  })
  void asksForTheRowsOnlyWhenTheManifestsDoNotTell(
      long before, String fingerprint, long now, String next, Change change) {
    assertThat(
            Change.of(manifest(Type.DOUBLE, before, fingerprint), manifest(Type.DOUBLE, now, next)))
        .isEqualTo(Optional.ofNullable(change));
  }

  @Test
  void takesOtherColumnsForOtherRows() {
    assertThat(Change.of(manifest(Type.DOUBLE, 1, "1:1"), manifest(Type.INTEGER, 1, "1:1")))
        .hasValue(Change.OTHER_ROWS);
  }

  private static DatasetManifest manifest(Type type, long rows, String fingerprint) {
    return new DatasetManifest(
        "d",
        List.of(Runs.column("a", type, Role.FEATURE), Runs.column("b", Type.BOOLEAN, Role.LABEL)),
        null,
        new ObjectRef("", 1, rows),
        new ObjectRef("", 1, 0),
        null,
        List.of(),
        "SELECT",
        "",
        "",
        fingerprint);
  }
}
