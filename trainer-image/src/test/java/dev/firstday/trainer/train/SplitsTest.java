package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.DatasetManifest.ObjectRef;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.snapshot.ParquetSplitReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitsTest {
  @TempDir private Path scratch;

  @Test
  void sayWhyAVersionIsNotToBeLearntFrom() throws IOException {
    try (S3Fixture s3 = S3Fixture.start();
        Store store = s3.store("splits")) {
      DatasetVersionReference refused = version(store, "a", true);
      DatasetVersionReference swept = version(store, "b", false);
      DatasetVersionReference marked = version(store, "c", false);
      store.sweepMarks("rows").mark(swept.number(), swept.digest(), Instant.EPOCH);
      store.sweepMarks("rows").mark(marked.number(), marked.digest(), Instant.EPOCH);
      store
          .sweepMarks("rows")
          .beginDeletion(swept.number(), swept.digest(), Instant.EPOCH, Instant.EPOCH);

      assertThat(failure(store, refused).reason()).isEqualTo("DatasetRefused");
      assertThat(failure(store, swept).reason()).isEqualTo("DatasetSwept");
      assertThat(failure(store, swept)).hasMessageContaining("version rows/2");
      assertThat(splits(store, marked).manifest().transform()).isEqualTo("c");
    }
  }

  private RunFailure failure(Store store, DatasetVersionReference version) {
    return catchThrowableOfType(RunFailure.class, () -> splits(store, version));
  }

  private Splits splits(Store store, DatasetVersionReference version) {
    return Splits.of(version, store, new ParquetSplitReader(), scratch);
  }

  private static DatasetVersionReference version(Store store, String sql, boolean refused) {
    ObjectRef split = new ObjectRef("0", 1, 1);
    DatasetManifest manifest =
        new DatasetManifest(
            "rows", List.of(), null, split, split, null, List.of(), sql, "", "", "");
    String digest = manifest.store(store.objects());
    int number =
        store
            .datasetVersions("rows")
            .record("run-" + sql, digest, refused, Instant.EPOCH, n -> Map.of())
            .number();
    return new DatasetVersionReference("rows", number, digest);
  }
}
