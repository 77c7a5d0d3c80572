package dev.firstday.sdk.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstday.contract.Contract;
import dev.firstday.sdk.store.FaultProxy.Fault;
import dev.firstday.sdk.store.StoreException.Reason;
import dev.firstday.sdk.store.SweepMarks.State;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SweepMarksTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String DIGEST = Contract.sha256(new byte[] {1});
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
  void leadsFromMarkedToDeleted() {
    try (Store store = s3.store("life")) {
      SweepMarks marks = store.sweepMarks("d");
      assertThat(marks.states()).isEmpty();

      assertThat(marks.mark(3, DIGEST, NOON)).isEqualTo(NOON);
      assertThat(marks.mark(3, DIGEST, NOON.plusSeconds(9))).isEqualTo(NOON);
      assertThat(marks.states()).isEqualTo(Map.of(3, State.MARKED));
      assertThat(marks.withoutRows()).isEmpty();

      assertThat(marks.beginDeletion(3, DIGEST, NOON, NOON)).isTrue();
      assertThat(marks.states()).isEqualTo(Map.of(3, State.DELETING));
      assertThat(marks.markedAt(3)).isEqualTo(NOON);

      marks.endDeletion(3);
      assertThat(marks.states()).isEqualTo(Map.of(3, State.DELETED));
      assertThat(marks.withoutRows()).containsExactly(3);

      marks.clear(3);
      assertThat(marks.states()).isEmpty();
    }
  }

  @Test
  void deletesNothingWhoseMarkWasTakenBack() {
    try (Store store = s3.store("taken-back")) {
      SweepMarks marks = store.sweepMarks("d");
      marks.mark(3, DIGEST, NOON);
      assertThat(marks.unmark(3)).isTrue();
      assertThat(marks.beginDeletion(3, DIGEST, NOON, NOON)).isFalse();
      assertThat(marks.states()).isEmpty();

      marks.mark(3, DIGEST, NOON.plusSeconds(9));
      assertThat(marks.beginDeletion(3, DIGEST, NOON, NOON))
          .as("its grace period begins anew")
          .isFalse();
      assertThat(marks.states()).isEqualTo(Map.of(3, State.MARKED));
    }
  }

  @Test
  void takesNoMarkBackOfWhatIsBeingDeleted() {
    try (Store store = s3.store("too-late")) {
      SweepMarks marks = store.sweepMarks("d");
      marks.mark(3, DIGEST, NOON);
      assertThat(marks.beginDeletion(3, DIGEST, NOON, NOON)).isTrue();

      assertThat(marks.unmark(3)).isFalse();
      assertThat(marks.states()).isEqualTo(Map.of(3, State.DELETING));
      assertThat(marks.markedAt(3)).isEqualTo(NOON);

      marks.endDeletion(3);
      assertThat(marks.unmark(3)).isFalse();
      assertThat(marks.beginDeletion(3, DIGEST, NOON, NOON))
          .as("another one has done it")
          .isFalse();
      assertThat(marks.states()).isEqualTo(Map.of(3, State.DELETED));
    }
  }

  /** Whoever decided it is cut off before it can say so. */
  @Test
  void carriesOutWhatAnotherHasDecided() {
    try (Store store = s3.store("cut-off")) {
      SweepMarks marks = store.sweepMarks("d");
      marks.mark(3, DIGEST, NOON);
      s3.faults().next(1000, "3.deleted.json", Fault.ANSWER_501);
      assertThatThrownBy(() -> marks.beginDeletion(3, DIGEST, NOON, NOON))
          .isInstanceOf(StoreException.class);
      s3.faults().mend();
      assertThat(marks.states()).isEqualTo(Map.of(3, State.MARKED));

      assertThat(marks.unmark(3)).isFalse();
      assertThat(marks.states()).isEqualTo(Map.of(3, State.DELETING));

      marks.mark(4, DIGEST, NOON);
      s3.faults().next(1000, "DELETE", Fault.ANSWER_501);
      assertThatThrownBy(() -> marks.unmark(4)).isInstanceOf(StoreException.class);
      s3.faults().mend();
      assertThat(marks.beginDeletion(4, DIGEST, NOON, NOON)).isFalse();
      assertThat(marks.states()).isEqualTo(Map.of(3, State.DELETING));
    } finally {
      s3.faults().mend();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"DO_AND_ANSWER_500", "DO_AND_ANSWER_412", "DO_AND_HANG", "ANSWER_409", "BREAK"})
  void keepsTheFirstTimeWhateverBecomesOfTheAnswer(Fault fault) {
    try (Store store = s3.impatientStore("fault-" + fault.ordinal())) {
      s3.faults().next(1, "PUT", fault);

      assertThat(store.sweepMarks("d").mark(1, DIGEST, NOON)).isEqualTo(NOON);
      assertThat(store.sweepMarks("d").markedAt(1)).isEqualTo(NOON);
    } finally {
      s3.faults().mend();
    }
  }

  @Test
  void saysWhatToDoWithAMarkThatIsNone() {
    try (Store store = s3.store("garbled")) {
      s3.put("team/garbled/datasets/d/swept/2.json", "x".getBytes(UTF_8));

      var failure =
          catchThrowableOfType(StoreException.class, () -> store.sweepMarks("d").markedAt(2));

      assertThat(failure.why()).isEqualTo(Reason.DIGEST_MISMATCH);
      assertThat(failure)
          .hasMessageContaining("datasets/d/swept/2.json")
          .hasMessageContaining("delete it");
    }
  }

  @Test
  void writesAnewWhatRetentionCouldTakeSoon() {
    try (Store store = s3.store("age");
        Store soon = s3.store("age", in(Duration.ofHours(11)));
        Store later = s3.store("age", in(Duration.ofHours(13)))) {
      String digest = store.objects().put(new byte[] {1, 2, 3});
      long sent = writes("/age/objects/sha256/" + digest);
      soon.objects().put(new byte[] {1, 2, 3});
      assertThat(writes("/age/objects/sha256/" + digest)).isEqualTo(sent);

      later.objects().put(new byte[] {1, 2, 3});

      assertThat(writes("/age/objects/sha256/" + digest)).isGreaterThan(sent);
    }
  }

  @Test
  void deletesNothingYoung() {
    try (Store store = s3.store("young");
        Store soon = s3.store("young", in(Duration.ofHours(23)));
        Store later = s3.store("young", in(Duration.ofHours(25)))) {
      String digest = store.objects().put(new byte[] {1, 2, 3});

      ObjectStore.Deletion none = soon.objects().deleteUnlessYoung(digest);
      assertThat(none.bytes()).isZero();
      assertThat(none.notBefore())
          .isBetween(
              Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(24)));
      assertThat(store.objects().bytes(digest)).hasValue(3);

      assertThat(later.objects().deleteUnlessYoung(digest))
          .isEqualTo(new ObjectStore.Deletion(3, null));
      assertThat(store.objects().bytes(digest)).isEmpty();
      assertThat(later.objects().deleteUnlessYoung(digest))
          .isEqualTo(new ObjectStore.Deletion(0, null));
    }
  }

  @Test
  void looksAgainBeforeItDeletesAgain() {
    try (Store store = s3.store("again");
        Store later = s3.store("again", in(Duration.ofHours(25)))) {
      String digest = store.objects().put(new byte[] {1, 2, 3});
      s3.faults().next(1, "DELETE", Fault.DO_AND_ANSWER_500);

      assertThat(later.objects().deleteUnlessYoung(digest))
          .isEqualTo(new ObjectStore.Deletion(3, null));
      assertThat(s3.faults().requests())
          .filteredOn(line -> line.contains(digest))
          .extracting(line -> line.split(" ")[0])
          .endsWith("HEAD", "DELETE", "HEAD");
    } finally {
      s3.faults().mend();
    }
  }

  @Test
  void namesDatasetsAndModels() {
    try (Store store = s3.store("names")) {
      store.datasetVersions("flights").record("r", DIGEST, false, NOON, n -> n);
      store.sweepMarks("birds").mark(1, DIGEST, NOON);
      store.modelVersions("late").record("r", DIGEST, false, NOON, n -> n);

      assertThat(store.datasets()).containsExactly("birds", "flights");
      assertThat(store.models()).containsExactly("late");
    }
  }

  @Test
  void writesAnExportOnce() {
    try (Store store = s3.store("export")) {
      ExportFiles exports = store.exports("d");
      exports.put(1, "{\"a\":1}");
      long sent = writes("export/datasets/d/croissant/1.json");
      exports.put(1, "{\"a\":1}");
      assertThat(writes("export/datasets/d/croissant/1.json")).isEqualTo(sent);

      exports.put(1, "{\"a\":2}");

      assertThat(writes("export/datasets/d/croissant/1.json")).isGreaterThan(sent);
      assertThat(exports.uri(1))
          .isEqualTo("s3://firstday-test/team/export/datasets/d/croissant/1.json");
    }
  }

  /** A write may be sent more than once, when its connection breaks. */
  private static long writes(String key) {
    return s3.faults().requests().stream()
        .filter(line -> line.startsWith("PUT") && line.contains(key))
        .count();
  }

  private static Clock in(Duration time) {
    return Clock.offset(Clock.systemUTC(), time);
  }
}
