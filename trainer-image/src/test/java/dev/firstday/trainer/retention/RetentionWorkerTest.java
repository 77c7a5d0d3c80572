package dev.firstday.trainer.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelVersion;
import dev.firstday.api.Retention;
import dev.firstday.api.RetentionState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.FaultProxy.Fault;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.sdk.store.SweepMarks.State;
import dev.firstday.trainer.inventory.InventoryWorker;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Sweeps of a model's versions; what races with them is told by {@link ModelHistoryTest}. */
class RetentionWorkerTest {
  private static final Retention KEEP_ONE = new Retention(1, null, 2, null);
  private static final Retention DRY = new Retention(1, null, 2, true);
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
    namespace = "m" + Contract.sha256(test.getDisplayName().getBytes(UTF_8)).substring(0, 12);
  }

  @AfterEach
  void mend() {
    s3.faults().mend();
  }

  @Test
  void deletesTheFilesThatNoOtherVersionHasAfterTheGracePeriod() {
    ModelManifest first = record("late", "w1", "jar");
    record("late", "w2", "jar");
    record("early", "w1 of early", "w1");

    assertThat(sweep(0, KEEP_ONE)).isEqualTo(swept(0, List.of(1), null, null, at(0).plus(days(2))));
    assertThat(sweep(1, KEEP_ONE).retention().marked()).containsExactly(1);
    RunResult.Sweep done = sweep(2, KEEP_ONE);

    assertThat(done).isEqualTo(swept(1, null, List.of(1), (long) "report of w1".length(), null));
    assertThat(lacks("report of w1")).isTrue();
    assertThat(holds("w1", "jar", "w2", "report of w2"))
        .as("shared with another version, and with another model")
        .isTrue();
    try (Store store = storeAt(2)) {
      assertThat(store.modelSweepMarks("late").states()).isEqualTo(Map.of(1, State.DELETED));
      assertThat(store.modelVersions("late").read(1).digest())
          .as("its record stays, and what it was")
          .isEqualTo(first.digest());
      assertThat(ModelManifest.load(first.digest(), store.objects()::read)).isEqualTo(first);
      assertThat(list(store).versions()).extracting(ModelVersion::number).containsExactly(2);
      assertThat(list(store).count()).isEqualTo(1);
    }
  }

  @Test
  void aNumberIsNeverTakenAgain() {
    record("late", "w1", "jar");
    record("late", "w2", "jar");
    sweep(0, KEEP_ONE);
    sweep(2, KEEP_ONE);

    record("late", "w1", "jar");

    try (Store store = storeAt(2)) {
      assertThat(store.modelVersions("late").kept()).containsExactly(2, 3);
      assertThat(store.modelVersions("late").ofRun("run of w1").orElseThrow().number())
          .as("the run has that version now")
          .isEqualTo(3);
    }
    assertThat(holds("w1", "jar", "report of w1")).isTrue();
  }

  @Test
  void aVersionThatIsMarkedAndRecordedAgainStaysWhatItWas() {
    record("late", "w1", "jar");
    record("late", "w2", "jar");
    sweep(0, KEEP_ONE);

    record("late", "w1", "jar");

    try (Store store = storeAt(0)) {
      assertThat(store.modelSweepMarks("late").states()).isEmpty();
      assertThat(store.modelVersions("late").kept()).containsExactly(1, 2);
    }
  }

  @Test
  void whatIsInUseStaysAndItsMarkIsTakenBack() {
    record("late", "w1", "jar");
    record("late", "w2", "jar");
    record("late", "w3", "jar");
    assertThat(sweep(0, KEEP_ONE, 2).retention().marked()).containsExactly(1);

    assertThat(sweep(5, KEEP_ONE, 1).retention().marked()).containsExactly(2);

    assertThat(holds("w1", "w2", "w3")).isTrue();
    assertThat(sweep(5, null).retention()).isEqualTo(swept(0, null, null, null, null).retention());
  }

  /** Half a model is of no use to anybody. */
  @Test
  void aDeletionThatWasBegunIsFinishedWhoeverRefersToTheVersion() {
    ModelManifest first = record("late", "w1", "jar");
    record("late", "w2", "jar");
    try (Store store = storeAt(0)) {
      store.modelSweepMarks("late").mark(1, first.digest(), now);
      store.modelSweepMarks("late").beginDeletion(1, first.digest(), now, now);
    }

    assertThat(sweep(2, null, 1).retention().deleted()).containsExactly(1);

    assertThat(lacks("w1", "report of w1")).isTrue();
  }

  @Test
  void keepsVersionsOfSomeAge() {
    record("late", "w1", "jar");
    record("late", "w2", "jar");
    Retention young = new Retention(1, 3, 1, null);

    assertThat(sweep(2, young).retention().nextAt()).isEqualTo(at(3));
    assertThat(sweep(3, young).retention().marked()).containsExactly(1);
  }

  @Test
  void onlySaysWhatWouldGo() {
    record("late", "w1", "jar");
    record("late", "w2", "jar");
    record("late", "w3", "jar");
    sweep(0, KEEP_ONE, 2);
    List<String> before = s3.keys(namespace);

    RunResult.Sweep foreseen = sweep(5, DRY);

    assertThat(foreseen.retention())
        .isEqualTo(
            new RetentionState(
                List.of(1), null, List.of(2), List.of(1), 2L * "w1report of w1".length(), null));
    assertThat(s3.keys(namespace)).isEqualTo(before);
    assertThat(sweep(5, DRY, 1).retention().marked())
        .as("a Deployment waits for the mark to go")
        .isNull();
  }

  @Test
  void aLostManifestIsNoReasonToKeepTheOthers() {
    ModelManifest first = record("late", "w1", "jar");
    record("late", "w2", "jar");
    record("late", "w3", "jar");
    sweep(0, KEEP_ONE);
    s3.lose(namespace, first.digest());

    assertThat(sweep(2, KEEP_ONE).retention().deleted()).containsExactly(1, 2);

    assertThat(holds("w1")).as("nobody knows that it was its").isTrue();
    assertThat(lacks("w2")).isTrue();
  }

  @Test
  void theDataOfADeletedVersionIsPinnedNoMore() {
    DatasetManifest data;
    try (Store store = storeAt(0)) {
      data = Versions.record(store, "d", false, "a1", "b1");
      Versions.record(store, "d", false, "a2", "b2");
      Versions.learn(store, "late", "d/1", data);
    }
    record("late", "w2", "jar");
    Retention both = new Retention(1, null, 2, null);
    assertThat(sweepData(0, both).marked()).as("a version learnt from it").isNull();

    sweep(0, KEEP_ONE);
    assertThat(sweepData(1, both).marked()).as("that is only marked").isNull();
    sweep(2, KEEP_ONE);

    assertThat(sweepData(2, both).marked()).containsExactly(1);
  }

  /**
   * The store fails from the first, the second, the third ... request on; then a sweep comes that
   * goes through.
   */
  @Test
  void endsInTheSameStateWhereverItWasCutOff() {
    String calm = namespace + "-calm";
    prepare(calm);
    RunResult.Sweep wanted = sweepCalmly(calm);
    int requests = 0;
    for (boolean through = false; !through; requests++) {
      String cutOff = namespace + "-" + requests;
      prepare(cutOff);
      s3.faults().after(requests, Fault.ANSWER_501);
      through = sweepAmongFaults(cutOff);
      s3.faults().mend();
      requireWhole(cutOff);
      sweepCalmly(cutOff);
      assertThat(s3.keys(cutOff)).as("after %d requests", requests).isEqualTo(s3.keys(calm));
    }
    assertThat(wanted.retention().deleted()).containsExactly(1);
    assertThat(wanted.retention().marked()).containsExactly(3);
    assertThat(requests).as("cuts tried").isGreaterThan(20);
  }

  /** Of the first, the second, the third ... request; a write meets itself when it is repeated. */
  @Test
  void endsInTheSameStateWhicheverAnswerIsLost() {
    String calm = namespace + "-calm";
    prepare(calm);
    RunResult.Sweep wanted = sweepCalmly(calm);
    AtomicInteger requests = new AtomicInteger();
    for (int lost = 0; lost <= requests.get(); lost++) {
      String where = namespace + "-" + lost;
      prepare(where);
      requests.set(0);
      int unlucky = lost;
      s3.faults()
          .decide(
              firstLine ->
                  requests.getAndIncrement() != unlucky
                      ? null
                      : firstLine.startsWith("PUT")
                          ? Fault.DO_AND_ANSWER_412
                          : Fault.DO_AND_ANSWER_500);
      assertThat(sweepAmongFaults(where)).isTrue();
      s3.faults().mend();
      assertThat(s3.keys(where)).as("without answer %d", lost).isEqualTo(s3.keys(calm));
      requireWhole(where);
    }
    assertThat(wanted.retention().deleted()).containsExactly(1);
    assertThat(requests).hasValueGreaterThan(20);
  }

  /** 1 is due, 2 is in use again, 3 is no longer kept since there is a 4. */
  private void prepare(String where) {
    try (Store store = s3.calmStore(where, Clock.fixed(now, ZoneOffset.UTC))) {
      ModelManifest first = Models.record(store, "late", "w1", "jar", now);
      ModelManifest second = Models.record(store, "late", "w2", "jar", now);
      Models.record(store, "late", "w3", "jar", now);
      Models.record(store, "late", "w4", "jar", now);
      store.modelSweepMarks("late").mark(1, first.digest(), now);
      store.modelSweepMarks("late").mark(2, second.digest(), now);
    }
  }

  private boolean sweepAmongFaults(String where) {
    try (Store store = s3.store(where, Clock.fixed(at(2), ZoneOffset.UTC))) {
      new RetentionWorker(store, Clock.fixed(at(2), ZoneOffset.UTC)).run(run(KEEP_ONE, 2));
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  private RunResult.Sweep sweepCalmly(String where) {
    try (Store store = s3.calmStore(where, Clock.fixed(at(2), ZoneOffset.UTC))) {
      return (RunResult.Sweep)
          new RetentionWorker(store, Clock.fixed(at(2), ZoneOffset.UTC)).run(run(KEEP_ONE, 2));
    }
  }

  private static void requireWhole(String where) {
    try (Store store = s3.calmStore(where, Clock.systemUTC())) {
      Models.requireWhole(store, "late");
    }
  }

  private RetentionState sweepData(int day, Retention retention) {
    try (Store store = storeAt(day)) {
      return new DatasetRetention(store, Clock.fixed(at(day), ZoneOffset.UTC))
          .sweep(Versions.run("d", retention), 2);
    }
  }

  private RunResult.Sweep sweep(int day, Retention retention, Integer... referred) {
    try (Store store = storeAt(day)) {
      return (RunResult.Sweep)
          new RetentionWorker(store, Clock.fixed(at(day), ZoneOffset.UTC))
              .run(run(retention, referred));
    }
  }

  private static Run.Sweep run(Retention retention, Integer... referred) {
    return new Run.Sweep("sweep", "ns", "late", retention, List.of(referred));
  }

  private static RunResult.Sweep swept(
      int removed, List<Integer> marked, List<Integer> deleted, Long bytes, Instant nextAt) {
    return new RunResult.Sweep(
        "sweep", removed, new RetentionState(marked, deleted, null, null, bytes, nextAt));
  }

  private RunResult.Inventory list(Store store) {
    return (RunResult.Inventory)
        new InventoryWorker(store).run(new Run.Inventory("i", namespace, "late", 10, List.of(1)));
  }

  private ModelManifest record(String model, String weights, String jar) {
    try (Store store = s3.store(namespace)) {
      return Models.record(store, model, weights, jar, now);
    }
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
    return new TreeSet<>(s3.keys(namespace)).containsAll(objects(contents));
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
