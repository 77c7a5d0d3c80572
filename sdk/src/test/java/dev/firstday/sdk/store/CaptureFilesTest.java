package dev.firstday.sdk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CaptureFilesTest {
  private static final Instant LATE = Instant.parse("2026-03-01T23:59:59.5Z");
  private static final Instant EARLY = Instant.parse("2026-03-02T00:00:01Z");
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
  void filesLieBelowTheirDayAndTheNewestComesFirst() {
    try (Store store = s3.store("order")) {
      CaptureFiles files = store.captures("late-arrival");
      files.write(LATE, "router-a", 7, new byte[] {1});
      files.write(EARLY, "router-b", 0, new byte[] {2});
      files.write(EARLY.plusSeconds(60), "router-a", 8, new byte[] {3});
      store.captures("late").write(EARLY, "router-c", 0, new byte[] {4});

      assertThat(s3.keys("order"))
          .contains("captures/late-arrival/2026-03-01/235959.500-router-a-7.jsonl.gz");
      assertThat(files.since(LocalDate.parse("2026-03-01")).map(name -> files.read(name, 9)[0]))
          .containsExactly((byte) 3, (byte) 2, (byte) 1);
      assertThat(files.since(LocalDate.parse("2026-03-02"))).hasSize(2);
    }
  }

  @Test
  void whatAStoreListsBeforeItIsWrittenIsNoFileYet() {
    try (Store store = s3.store("half")) {
      CaptureFiles files = store.captures("d");
      files.write(EARLY, "a", 0, new byte[] {1});
      s3.put(
          s3.settings().root("half") + "captures/d/2026-03-01/235959.500-a-1.jsonl.gz-7f3a",
          new byte[] {2});

      assertThat(files.since(LocalDate.EPOCH).map(name -> files.read(name, 9)[0]))
          .containsExactly((byte) 1);
    }
  }

  @Test
  void aFileThatIsWrittenAgainIsTheSameFile() {
    try (Store store = s3.store("again")) {
      CaptureFiles files = store.captures("d");
      s3.faults().next(1, "PUT", FaultProxy.Fault.DO_AND_ANSWER_500);
      files.write(LATE, "a", 0, new byte[] {1});
      files.write(LATE, "a", 0, new byte[] {1});

      assertThat(s3.keys("again")).hasSize(1);
    }
  }

  @Test
  void oldDaysAreDeletedAndNothingElse() {
    try (Store store = s3.store("old")) {
      CaptureFiles files = store.captures("d");
      files.write(LATE, "a", 0, new byte[] {1});
      files.write(EARLY, "a", 1, new byte[] {2});
      store.captures("d-too").write(LATE, "a", 0, new byte[] {3});
      s3.put(s3.settings().root("old") + "captures/d/notes/mine.txt", new byte[] {4});

      assertThat(files.deleteBefore(LocalDate.parse("2026-03-02"))).isEqualTo(1);
      assertThat(files.deleteBefore(LocalDate.parse("2026-03-02"))).isZero();
      assertThat(s3.keys("old"))
          .containsExactly(
              "captures/d-too/2026-03-01/235959.500-a-0.jsonl.gz",
              "captures/d/2026-03-02/000001.000-a-1.jsonl.gz",
              "captures/d/notes/mine.txt");
    }
  }

  @Test
  void whatNobodyLooksAfterGoesWhenItsTimeIsOver() {
    try (Store store = s3.store("retention")) {
      CaptureFiles seven = store.captures("seven");
      seven.write(LATE, "a", 0, new byte[] {1});
      seven.write(EARLY, "a", 1, new byte[] {2});
      seven.keep(30);
      seven.keep(7);
      CaptureFiles thirty = store.captures("thirty");
      thirty.write(LATE, "a", 0, new byte[] {3});
      thirty.keep(30);
      store.captures("unsaid").write(LATE, "a", 0, new byte[] {4});
      CaptureRetention retention = store.captureRetention();

      assertThat(retention.deleteOld(LocalDate.parse("2026-03-08"))).isZero();
      assertThat(retention.deleteOld(LocalDate.parse("2026-03-09"))).isEqualTo(1);
      assertThat(s3.keys("retention"))
          .containsExactly(
              "captures/seven/2026-03-02/000001.000-a-1.jsonl.gz",
              "captures/seven/keep.json",
              "captures/thirty/2026-03-01/235959.500-a-0.jsonl.gz",
              "captures/thirty/keep.json",
              "captures/unsaid/2026-03-01/235959.500-a-0.jsonl.gz");
      assertThat(retention.deleteOld(LocalDate.parse("2026-03-10"))).isEqualTo(1);
      assertThat(s3.keys("retention"))
          .as("with the last file goes what was said of it")
          .noneMatch(key -> key.startsWith("captures/seven/"));
    }
  }

  @Test
  void aDeploymentWhoseTimeCannotBeReadDoesNotKeepTheOthers() {
    try (Store store = s3.store("damaged")) {
      store.captures("a").write(LATE, "a", 0, new byte[] {1});
      s3.put(
          s3.settings().root("damaged") + "captures/a/keep.json",
          "{\"days\":0}".getBytes(StandardCharsets.UTF_8));
      store.captures("b").write(LATE, "a", 0, new byte[] {2});
      store.captures("b").keep(1);

      assertThat(store.captureRetention().deleteOld(LocalDate.parse("2026-03-09"))).isEqualTo(1);
      assertThat(s3.keys("damaged")).hasSize(2).allMatch(key -> key.startsWith("captures/a/"));
    }
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() {
    try (Store store = s3.store("large")) {
      CaptureFiles files = store.captures("d");
      files.write(LATE, "a", 0, new byte[10]);
      String name = files.since(LocalDate.EPOCH).findFirst().orElseThrow();

      assertThatThrownBy(() -> files.read(name, 9))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("has 10 bytes");
    }
  }
}
