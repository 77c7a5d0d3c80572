package dev.firstday.server.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.VersionHealth.DataState;
import dev.firstday.sdk.artefact.ModelManifest.DatasetReference;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.FaultProxy.Fault;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DataCheckTest {
  private static final String NAMESPACE = "team-a";
  private static final DataState GOOD = new DataState(null, null, null);

  private S3Fixture s3;
  private Store store;
  private String train;
  private String validation;
  private DatasetReference reference;

  @BeforeEach
  void record() {
    s3 = S3Fixture.start();
    store = s3.store(NAMESPACE);
    train = store.objects().put(new byte[] {1, 2, 3});
    validation = store.objects().put(new byte[] {4});
    reference = new DatasetReference("flights", 1, manifest(train, validation), train, validation);
    store
        .datasetVersions("flights")
        .record("run", reference.digest(), false, Instant.EPOCH, n -> Map.of());
  }

  @AfterEach
  void stop() throws IOException {
    store.close();
    s3.close();
  }

  @Test
  void dataThatIsAsItWasRecordedIsGood() {
    assertThat(check(reference)).isEqualTo(GOOD);
  }

  @Test
  void splitThatIsGoneIsNamed() {
    s3.lose(NAMESPACE, validation);

    assertThat(check(reference).fault()).isEqualTo("ObjectNotFound");
    assertThat(check(reference).message()).startsWith("the validation split of flights/1: s3://");
  }

  /** As long as it was, so that no size tells. */
  @Test
  void splitWithAByteFlippedIsFound() {
    s3.tamper(NAMESPACE, train, new byte[] {1, 2, 4});

    assertThat(check(reference).fault()).isEqualTo("DigestMismatch");
    assertThat(check(reference).message()).startsWith("the training split of flights/1: ");
  }

  @Test
  void manifestOfOtherSplitsIsFound() {
    DatasetReference other =
        new DatasetReference("flights", 1, manifest(train, train), train, validation);

    assertThat(check(other).fault()).isEqualTo("SplitMismatch");
  }

  /** That is what its spec asked for. */
  @Test
  void rowsThatRetentionDeletedAreNotMissed() {
    store.sweepMarks("flights").mark(1, reference.digest(), Instant.EPOCH);
    store.sweepMarks("flights").beginDeletion(1, reference.digest(), Instant.EPOCH, Instant.EPOCH);
    s3.lose(NAMESPACE, train);

    assertThat(check(reference)).isEqualTo(GOOD);
  }

  @Test
  void storeThatDoesNotAnswerSaysNothing() {
    s3.faults().next(Integer.MAX_VALUE, "GET ", Fault.ANSWER_501);

    assertThatThrownBy(() -> check(reference)).isInstanceOf(StoreException.class);
  }

  private DataState check(DatasetReference dataset) {
    return new DataCheck(store).check(dataset);
  }

  private String manifest(String training, String validating) {
    return new DatasetManifest(
            "flights",
            List.of(),
            null,
            new DatasetManifest.ObjectRef(training, 3, 1),
            new DatasetManifest.ObjectRef(validating, 1, 1),
            null,
            List.of(),
            "SELECT 1",
            "test",
            "",
            "")
        .store(store.objects());
  }
}
