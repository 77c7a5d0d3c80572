package dev.firstday.sdk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstday.contract.Contract;
import dev.firstday.sdk.store.FaultProxy.Fault;
import dev.firstday.sdk.store.StoreException.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VersionLogTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static S3Fixture s3;

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
  }

  @Test
  void countsFromOneAndReadsBack() {
    try (Store store = s3.store("count")) {
      VersionLog log = store.datasetVersions("d");

      assertThat(log.numbers()).isEmpty();
      assertThat(record(log, "run-a", "a").number()).isEqualTo(1);
      assertThat(record(log, "run-b", "b").number()).isEqualTo(2);

      assertThat(log.numbers()).containsExactly(1, 2);
      VersionRecord second = log.read(2);
      assertThat(second.runUid()).isEqualTo("run-b");
      assertThat(second.digest()).isEqualTo(digest("b"));
      assertThat(second.recordedAt()).isEqualTo(NOON);
      assertThat(second.summary(Summary.class)).isEqualTo(new Summary(2, "b"));
      assertThat(log.ofRun("run-a")).hasValueSatisfying(r -> assertThat(r.number()).isEqualTo(1));
      assertThat(log.ofRun("run-c")).isEmpty();
    }
  }

  @Test
  void countsOnAfterNine() {
    try (Store store = s3.store("ten")) {
      VersionLog log = store.modelVersions("m");
      IntStream.rangeClosed(1, 11).forEach(i -> record(log, "run-" + i, "content-" + i));

      assertThat(log.numbers()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }
  }

  @Test
  void takesNoNumberForWhatIsThere() {
    try (Store store = s3.store("same")) {
      VersionLog log = store.modelVersions("m");
      record(log, "run-a", "a");
      record(log, "run-b", "b");

      assertThat(record(log, "run-c", "a").number()).as("same digest").isEqualTo(1);
      assertThat(record(log, "run-b", "other").digest()).as("same run").isEqualTo(digest("b"));
      assertThat(log.numbers()).containsExactly(1, 2);
    }
  }

  @Test
  void tellsVersionsOfADataSetByContentAndVerdict() {
    try (Store store = s3.store("verdict")) {
      VersionLog log = store.datasetVersions("d");
      record(log, "run-a", "a");
      log.record("run-b", digest("a"), true, NOON, n -> new Summary(n, "a"));

      assertThat(log.numbers()).containsExactly(1, 2);
      assertThat(record(log, "run-c", "a").number()).as("good").isEqualTo(1);
      assertThat(log.record("run-c", digest("a"), true, NOON, n -> new Summary(n, "a")).number())
          .as("refused")
          .isEqualTo(2);
      assertThat(record(log, "run-a", "other").number()).as("other content").isEqualTo(3);
    }
  }

  @Test
  void findsAnOldVersionAgainAmongMany() {
    try (Store store = s3.store("many")) {
      VersionLog log = store.datasetVersions("d");
      IntStream.rangeClosed(1, 40).forEach(i -> record(log, "run-" + i, "content-" + i));

      assertThat(record(log, "run-x", "content-1").number()).isEqualTo(1);
      assertThat(log.newest(2, there -> there.number() % 3 == 0))
          .extracting(VersionRecord::number)
          .containsExactly(39, 36);
      assertThat(log.numbers()).hasSize(40);
    }
  }

  @Test
  void letsARunRecordAgainAfterItsVersionWasRefused() {
    try (Store store = s3.store("refused")) {
      VersionLog log = store.datasetVersions("d");
      log.record("run", digest("bad"), true, NOON, n -> new Summary(n, "bad"));

      assertThat(record(log, "run", "good").number()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"DO_AND_ANSWER_412", "DO_AND_ANSWER_500", "DO_AND_HANG"})
  void knowsItsOwnRecordWhenTheAnswerIsLost(Fault fault) {
    String namespace = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    try (Store store = s3.impatientStore(namespace)) {
      VersionLog log = store.datasetVersions("d");
      s3.faults().next(1, "PUT /firstday-test/team/" + namespace + "/datasets", fault);

      assertThat(record(log, "run", "a").number()).isEqualTo(1);
      assertThat(log.numbers()).containsExactly(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"ANSWER_409", "ANSWER_503", "BREAK"})
  void triesAgainWhatWasNotDone(Fault fault) {
    String namespace = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    try (Store store = s3.store(namespace)) {
      VersionLog log = store.datasetVersions("d");
      s3.faults().next(2, "PUT /firstday-test/team/" + namespace + "/datasets", fault);

      assertThat(record(log, "run", "a").number()).isEqualTo(1);
      assertThat(log.numbers()).containsExactly(1);
    }
  }

  @Test
  void givesEveryRunANumberOfItsOwn() throws Exception {
    try (Store store = s3.store("race")) {
      VersionLog log = store.modelVersions("m");
      s3.faults().next(5, "PUT /firstday-test/team/race/models", Fault.DO_AND_ANSWER_500);
      s3.faults().next(5, "PUT /firstday-test/team/race/models", Fault.DO_AND_ANSWER_412);
      List<Callable<VersionRecord>> recorders = new ArrayList<>();
      for (int run = 0; run < 6; run++) {
        String name = "run-" + run;
        // each run twice: an attempt that was thought dead goes on beside the next one
        recorders.add(() -> record(log, name, name));
        recorders.add(() -> record(log, name, name));
      }

      List<VersionRecord> recorded = atOnce(recorders);

      assertThat(log.numbers()).containsExactly(1, 2, 3, 4, 5, 6);
      for (VersionRecord record : recorded) {
        assertThat(log.read(record.number()).runUid()).isEqualTo(record.runUid());
      }
      assertThat(recorded.stream().map(VersionRecord::runUid).distinct()).hasSize(6);
    }
  }

  @Test
  void givesEqualContentOneNumberThoughManyRunsRecordIt() throws Exception {
    try (Store store = s3.store("equal")) {
      VersionLog log = store.datasetVersions("d");
      List<Callable<VersionRecord>> recorders = new ArrayList<>();
      for (int run = 0; run < 8; run++) {
        String name = "run-" + run;
        recorders.add(() -> record(log, name, "the same"));
      }

      assertThat(atOnce(recorders)).extracting(VersionRecord::number).containsOnly(1);
      assertThat(log.numbers()).containsExactly(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"IGNORE_CONDITION", "ANSWER_501"})
  void refusesAStoreThatKnowsNoConditions(Fault fault) throws IOException {
    try (S3Fixture careless = S3Fixture.startWithoutAuthentication();
        Store store = careless.store("n")) {
      careless.faults().next(1000, "PUT", fault);

      var failure =
          catchThrowableOfType(
              StoreException.class, () -> record(store.datasetVersions("d"), "run", "a"));

      assertThat(failure.why()).isEqualTo(Reason.CONDITIONAL_WRITES_UNSUPPORTED);
      assertThat(failure)
          .hasMessageContaining(careless.endpoint())
          .hasMessageContaining("If-None-Match");
      assertThat(store.datasetVersions("d").numbers()).isEmpty();
    }
  }

  @Test
  void saysWhichRecordIsDamaged() {
    try (Store store = s3.store("damaged")) {
      VersionLog log = store.datasetVersions("d");
      record(log, "run", "a");
      s3.put("team/damaged/datasets/d/versions/1.json", new byte[] {1, 2});

      var failure = catchThrowableOfType(StoreException.class, () -> log.read(1));

      assertThat(failure.why()).isEqualTo(Reason.DIGEST_MISMATCH);
      assertThat(failure).hasMessageContaining("team/damaged/datasets/d/versions/1.json");
    }
  }

  @Test
  void givesUpWithAWordWhenTheStoreStaysAway() {
    try (Store store = s3.store("away")) {
      VersionLog log = store.datasetVersions("d");
      record(log, "run-a", "a");
      s3.faults().next(100, "PUT /firstday-test/team/away/datasets", Fault.ANSWER_503);

      var failure = catchThrowableOfType(StoreException.class, () -> record(log, "run-b", "b"));

      assertThat(failure.why()).isEqualTo(Reason.S3_UNREACHABLE);
      assertThat(log.numbers()).containsExactly(1);
    }
  }

  private static List<VersionRecord> atOnce(List<Callable<VersionRecord>> recorders)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(recorders.size());
    try {
      List<VersionRecord> recorded = new ArrayList<>();
      for (Future<VersionRecord> future : threads.invokeAll(recorders)) {
        recorded.add(future.get());
      }
      return recorded;
    } finally {
      threads.shutdownNow();
    }
  }

  private static VersionRecord record(VersionLog log, String runUid, String content) {
    return log.record(runUid, digest(content), false, NOON, n -> new Summary(n, content));
  }

  private static String digest(String content) {
    return Contract.digest(Map.of("content", content));
  }

  record Summary(int number, String content) {}
}
