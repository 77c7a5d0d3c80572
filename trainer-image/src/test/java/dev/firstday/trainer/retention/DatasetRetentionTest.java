package dev.firstday.trainer.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Retention;
import dev.firstday.api.RetentionState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.FaultProxy.Fault;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.SweepMarks.State;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class DatasetRetentionTest {
  private static final Retention KEEP_ONE = new Retention(1, null, 2, null);
  private static final Retention DRY = new Retention(1, null, 2, true);

  /** What the crashes leave of the first of three versions, and what all of them need. */
  private static final List<String> OF_THE_FIRST = List.of("a1", "sample of da1b1");

  private static S3Fixture s3;

  private final Instant now = Instant.now();
  private String namespace;

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
  }

  @BeforeEach
  void name(TestInfo test) {
    namespace = "n" + Contract.sha256(test.getDisplayName().getBytes(UTF_8)).substring(0, 12);
  }

  @AfterEach
  void mend() {
    s3.faults().mend();
  }

  @Test
  void marksAndDeletesAfterTheGracePeriod() {
    DatasetManifest first = version("d", "a1", "b1");
    version("d", "a2", "b2");

    RetentionState marked = sweep(0, Versions.run("d", KEEP_ONE), 2);
    assertThat(marked)
        .isEqualTo(new RetentionState(List.of(1), null, null, null, null, at(0).plus(days(2))));
    assertThat(sweep(1, Versions.run("d", KEEP_ONE), 2)).isEqualTo(marked);
    assertThat(holds("a1", "b1", "sample of da1b1")).isTrue();

    RetentionState deleted = sweep(2, Versions.run("d", KEEP_ONE), 2);

    assertThat(deleted)
        .isEqualTo(
            new RetentionState(
                null, List.of(1), null, null, 4L + "sample of da1b1".length(), null));
    assertThat(lacks("a1", "b1", "sample of da1b1")).isTrue();
    assertThat(holds("a2", "b2", "sample of da2b2")).isTrue();
    try (Store store = storeAt(2)) {
      assertThat(store.sweepMarks("d").states()).isEqualTo(Map.of(1, State.DELETED));
      assertThat(store.datasetVersions("d").read(1).digest()).isEqualTo(first.digest());
      assertThat(DatasetManifest.load(store.objects(), first.digest())).isEqualTo(first);
    }
    assertThat(sweep(3, Versions.run("d", KEEP_ONE), 2))
        .isEqualTo(new RetentionState(null, null, null, null, null, null));
  }

  @Test
  void keepsObjectsThatAnyOtherVersionOfTheNamespaceHas() {
    version("d", "shared with e", "b1");
    version("d", "a2", "shared with 1");
    version("d", "shared with 1", "b3");
    version("e", "x", "shared with e");

    sweep(0, Versions.run("d", KEEP_ONE), 3);
    RetentionState deleted = sweep(2, Versions.run("d", KEEP_ONE), 3);

    assertThat(deleted.deleted()).containsExactly(1, 2);
    assertThat(holds("shared with e", "shared with 1", "b3")).isTrue();
    assertThat(lacks("b1", "a2")).isTrue();
  }

  @Test
  void deletesASharedObjectWithTheLastVersionThatHasIt() {
    version("d", "shared", "b1");
    version("d", "a2", "b2");
    version("e", "shared", "x");
    version("e", "y", "z");

    sweep(0, Versions.run("d", KEEP_ONE), 2);
    sweep(2, Versions.run("d", KEEP_ONE), 2);
    assertThat(holds("shared")).isTrue();

    sweep(2, Versions.run("e", KEEP_ONE), 2);
    sweep(4, Versions.run("e", KEEP_ONE), 2);
    assertThat(lacks("shared")).isTrue();
  }

  @Test
  void keepsWhatModelsLearntFromAndTakesItsMarkBack() {
    DatasetManifest first = version("d", "a1", "b1");
    version("d", "a2", "b2");
    version("d", "a3", "b3");
    assertThat(sweep(0, Versions.run("d", KEEP_ONE), 3).marked()).containsExactly(1, 2);
    try (Store store = storeAt(0)) {
      Versions.learn(store, "late", "d/1", first);
    }

    assertThat(sweep(1, Versions.run("d", KEEP_ONE), 3).marked()).containsExactly(2);
    sweep(9, Versions.run("d", KEEP_ONE), 3);

    assertThat(holds("a1", "b1")).isTrue();
    assertThat(lacks("a2", "b2")).isTrue();
  }

  @Test
  void keepsTheFilesThatAModelLearntFromUnderAnotherName() {
    version("d", "a1", "b1");
    version("d", "a2", "b2");
    DatasetManifest same = version("d-as-it-was-called", "a1", "b1");
    try (Store store = storeAt(0)) {
      Versions.learn(store, "late", "d-as-it-was-called/7", same);
      store.sweepMarks("d-as-it-was-called").mark(1, same.digest(), now);
      store.sweepMarks("d-as-it-was-called").beginDeletion(1, same.digest(), now, now);
    }

    sweep(0, Versions.run("d", KEEP_ONE), 2);
    sweep(2, Versions.run("d", KEEP_ONE), 2);

    assertThat(holds("a1", "b1")).isTrue();
  }

  @Test
  void keepsWhatResourcesReferTo() {
    version("d", "a1", "b1");
    version("d", "a2", "b2");
    version("d", "a3", "b3");

    assertThat(sweep(0, Versions.run("d", KEEP_ONE, 2), 3).marked()).containsExactly(1);
    assertThat(sweep(0, Versions.run("d", KEEP_ONE), 1).marked()).containsExactly(2);
  }

  @Test
  void onlySaysWhatWouldGo() {
    version("d", "a1", "b1");
    version("d", "a2", "b2");
    version("d", "a3", "b3");
    sweep(0, Versions.run("d", KEEP_ONE, 2), 3);
    List<String> before = s3.keys(namespace);

    RetentionState foreseen = sweep(5, Versions.run("d", DRY), 3);

    long bytesEach = 4 + "sample of da1b1".length();
    assertThat(foreseen)
        .isEqualTo(
            new RetentionState(List.of(1), null, List.of(2), List.of(1), 2 * bytesEach, null));
    assertThat(s3.keys(namespace)).isEqualTo(before);
  }

  @Test
  void waitsForObjectsThatAreYoung() {
    version("d", "a1", "b1");
    version("d", "a2", "b2");
    sweep(0, Versions.run("d", KEEP_ONE), 2);
    try (Store store = storeAt(2)) {
      // a run finds it there, and old, and writes it anew; its version is not recorded yet
      store.objects().put("a1".getBytes(UTF_8));
    }

    RetentionState first =
        sweep(
            2,
            Versions.run("d", KEEP_ONE),
            2,
            Clock.offset(Clock.systemUTC(), Duration.ofHours(2)));

    assertThat(first.deleted()).isNull();
    assertThat(first.marked()).containsExactly(1);
    assertThat(first.nextAt())
        .isBetween(now.plus(Duration.ofHours(23)), now.plus(Duration.ofHours(25)));
    assertThat(holds("a1", "b1")).isTrue();
    assertThat(sweep(3, Versions.run("d", KEEP_ONE), 2).deleted()).containsExactly(1);
    assertThat(lacks("a1", "b1")).isTrue();
  }

  @Test
  void letsAVersionThatIsBuiltAgainBegin() {
    version("d", "a1", "b1");
    version("d", "a2", "b2");
    sweep(0, Versions.run("d", KEEP_ONE), 2);
    sweep(2, Versions.run("d", KEEP_ONE), 2);

    version("d", "a1", "b1");
    try (Store store = storeAt(2)) {
      store.sweepMarks("d").clear(1);
    }

    assertThat(sweep(2, Versions.run("d", KEEP_ONE), 1).marked()).isNull();
    assertThat(holds("a1", "b1", "a2", "b2")).isTrue();
  }

  @Test
  void takesMarksBackWhenThereIsNoRetentionAnyMore() {
    version("d", "a1", "b1");
    version("d", "a2", "b2");
    sweep(0, Versions.run("d", KEEP_ONE), 2);

    sweep(9, Versions.run("d", null), 2);

    try (Store store = storeAt(9)) {
      assertThat(store.sweepMarks("d").states()).isEmpty();
    }
    assertThat(sweep(9, Versions.run("d", null), 2)).isNull();
  }

  @Test
  void isNoFailureOfTheRunWhenTheStoreIsAway() {
    version("d", "a1", "b1");
    version("d", "a2", "b2");
    s3.faults().next(1000, "swept", Fault.ANSWER_501);

    RetentionState state = sweep(0, Versions.run("d", KEEP_ONE), 2);

    assertThat(state.nextAt()).isEqualTo(at(0).plus(Duration.ofHours(1)));
    assertThat(state.marked()).isNull();
  }

  /**
   * The store fails from the first, the second, the third ... request on; then a run comes that
   * goes through.
   */
  @Test
  void endsInTheSameStateWhereverARunWasCutOff() {
    String calm = namespace + "-calm";
    prepare(calm);
    RetentionState wanted = sweepCalmly(calm);
    int requests = 0;
    for (boolean cut = true; cut; requests++) {
      String cutOff = namespace + "-" + requests;
      prepare(cutOff);
      s3.faults().after(requests, Fault.ANSWER_501);
      try (Store store = s3.store(cutOff, Clock.fixed(at(2), ZoneOffset.UTC))) {
        sweep(store);
      }
      s3.faults().mend();
      assertThat(holdsAll(cutOff, "a2", "b2", "shared", "a3", "b3", "a4", "b4"))
          .as("nothing that is referred to is gone after %d requests", requests)
          .isTrue();
      boolean unfinished = !s3.keys(cutOff).equals(s3.keys(calm));
      RetentionState again = sweepCalmly(cutOff);
      assertThat(s3.keys(cutOff)).as("after %d requests", requests).isEqualTo(s3.keys(calm));
      if (requests == 0) {
        assertThat(again).isEqualTo(wanted);
      }
      cut = unfinished || requests < 3;
    }
    assertThat(wanted.deleted()).containsExactly(1);
    assertThat(wanted.marked()).containsExactly(3);
    assertThat(requests).as("cuts tried").isGreaterThan(20);
    OF_THE_FIRST.forEach(content -> assertThat(holdsAll(calm, content)).isFalse());
  }

  /** 1 is due, 2 is referred to again, 3 is no longer needed since there is a 4. */
  private void prepare(String where) {
    try (Store store = s3.calmStore(where, Clock.fixed(now, ZoneOffset.UTC))) {
      Versions.record(store, "d", false, "a1", "shared");
      DatasetManifest second = Versions.record(store, "d", false, "a2", "b2");
      Versions.record(store, "d", false, "a3", "b3");
      Versions.record(store, "e", false, "shared", "x");
      store.sweepMarks("d").mark(1, second.digest(), at(0));
      store.sweepMarks("d").mark(2, second.digest(), at(0));
      Versions.learn(store, "late", "d/2", second);
      Versions.record(store, "d", false, "a4", "b4");
    }
  }

  private DatasetManifest version(String dataset, String train, String validation) {
    try (Store store = s3.store(namespace)) {
      return Versions.record(store, dataset, false, train, validation);
    }
  }

  private RetentionState sweep(int day, Run.Snapshot run, int current) {
    return sweep(day, run, current, Clock.fixed(at(day), ZoneOffset.UTC));
  }

  private RetentionState sweep(int day, Run.Snapshot run, int current, Clock ages) {
    try (Store store = s3.store(namespace, ages)) {
      return new DatasetRetention(store, Clock.fixed(at(day), ZoneOffset.UTC)).sweep(run, current);
    }
  }

  private RetentionState sweepCalmly(String where) {
    try (Store store = s3.calmStore(where, Clock.fixed(at(2), ZoneOffset.UTC))) {
      return sweep(store);
    }
  }

  private RetentionState sweep(Store prepared) {
    return new DatasetRetention(prepared, Clock.fixed(at(2), ZoneOffset.UTC))
        .sweep(Versions.run("d", KEEP_ONE), 4);
  }

  private Store storeAt(int day) {
    return s3.store(namespace, Clock.fixed(at(day), ZoneOffset.UTC));
  }

  private Instant at(int day) {
    return now.plus(days(day));
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  private boolean holds(String... contents) {
    return holdsAll(namespace, contents);
  }

  private boolean holdsAll(String where, String... contents) {
    return new TreeSet<>(s3.keys(where)).containsAll(objects(contents));
  }

  private boolean lacks(String... contents) {
    return s3.keys(namespace).stream().noneMatch(objects(contents)::contains);
  }

  private static List<String> objects(String... contents) {
    return Arrays.stream(contents)
        .map(content -> "objects/sha256/" + Contract.sha256(content.getBytes(UTF_8)))
        .toList();
  }
}
