package dev.firstday.trainer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetStatus.RefreshTrigger;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.CheckRecord;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.ResultLog;
import dev.firstday.sdk.store.FaultProxy.Fault;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.VersionRecord;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever S3 does and wherever a run ends, the next one ends in the one right version. */
class RefreshFaultTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static S3Fixture s3;

  @TempDir private Path scratch;

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
  }

  @AfterEach
  void mend() {
    s3.faults().mend();
  }

  /**
   * Three runs: the first version, one with more rows, and another look at that. Each is cut off
   * after as many requests to S3 as there are, one more at a time, and done again.
   */
  @Test
  void endsInOneVersionWhereverItIsCutOff() {
    int requests = 0;
    for (boolean cut = true; cut; requests++) {
      String namespace = "cut-" + requests;
      s3.upload(namespace, "rows.csv", Runs.csv());
      try (Store store = s3.calmStore(namespace, Clock.systemUTC())) {
        Run.Snapshot first = run(namespace);
        cut = cutOff(store, namespace, first, requests);
        RunResult.Snapshot one = worker(store, 0, first);
        assertVersions(store, "1.0.0");

        s3.upload(namespace, "rows.csv", Runs.csv() + "1000,1.5,green,true\n");
        Run.Snapshot second = Runs.next(first, "run-2", RefreshTrigger.SCHEDULE, one.version());
        cut |= cutOff(store, namespace, second, requests);
        RunResult.Snapshot two = worker(store, 0, second);
        assertVersions(store, "1.0.0", "1.1.0");
        assertThat(two.version().number()).isEqualTo(2);
        assertThat(worker(store, 0, second)).isEqualTo(two);

        Run.Snapshot third = Runs.next(first, "run-3", RefreshTrigger.SCHEDULE, two.version());
        cut |= cutOff(store, namespace, third, requests);
        RunResult.Snapshot three = worker(store, 0, third);
        assertVersions(store, "1.0.0", "1.1.0");
        assertThat(three.version()).isEqualTo(two.version());

        assertThat(results(store))
            .extracting(CheckRecord::runUid)
            .containsExactly("run-1", "run-2", "run-3");
        assertThat(results(store))
            .extracting(CheckRecord::built)
            .containsExactly(true, true, false);
      }
    }
    assertThat(requests).as("requests of the longest run").isGreaterThan(25);
  }

  /** Whether the run had more to ask of S3 than it got. */
  private boolean cutOff(Store store, String namespace, Run.Snapshot run, int requests) {
    int before = s3.faults().requests().size();
    s3.faults().after(requests, Fault.ANSWER_501);
    try (Store failing = s3.store(namespace)) {
      assertThatCode(() -> worker(failing, 0, run))
          .satisfiesAnyOf(
              failure -> assertThat(failure).isNull(),
              failure -> assertThat(failure).isInstanceOf(RunFailure.class));
    }
    boolean cut = s3.faults().requests().size() - before > requests;
    s3.faults().mend();
    assertNothingIsHalfThere(store);
    return cut;
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"DO_AND_ANSWER_412", "DO_AND_ANSWER_500", "DO_AND_HANG", "ANSWER_409", "BREAK"})
  void endsInOneVersionWhateverBecomesOfTheAnswerToItsRecords(Fault fault) {
    String namespace = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    s3.upload(namespace, "rows.csv", Runs.csv());
    s3.faults().next(1, "PUT /firstday-test/team/" + namespace + "/datasets/small/results", fault);
    s3.faults().next(1, "PUT /firstday-test/team/" + namespace + "/datasets/small/versions", fault);
    try (Store store = s3.impatientStore(namespace)) {
      assertThat(worker(store, 0, run(namespace)).version().number()).isEqualTo(1);

      assertVersions(store, "1.0.0");
      assertThat(results(store)).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"5, ANSWER_503", "1, DO_SLOWLY"})
  void getsThroughWhenEveryFifthRequestFailsOrAllAreSlow(int nth, Fault fault) {
    String namespace = "every-" + nth;
    s3.upload(namespace, "rows.csv", Runs.csv());
    try (Store store = s3.store(namespace)) {
      s3.faults().every(nth, fault);
      Run.Snapshot first = run(namespace);
      RunResult.Snapshot one = worker(store, 0, first);
      s3.upload(namespace, "rows.csv", Runs.csv() + "1000,1.5,green,true\n");
      worker(store, 0, Runs.next(first, "run-2", RefreshTrigger.CHANGE, one.version()));
      s3.faults().mend();

      assertVersions(store, "1.0.0", "1.1.0");
      assertThat(results(store)).hasSize(2);
    }
  }

  @Test
  void endsInOneVersionWhenARunIsDoneTwiceAtOnce() throws Exception {
    String namespace = "twice";
    s3.upload(namespace, "rows.csv", Runs.csv());
    try (Store store = s3.store(namespace)) {
      Run.Snapshot run = run(namespace);

      List<RunResult.Snapshot> answers = atOnce(store, List.of(run, run));

      assertThat(answers.get(0).version()).isEqualTo(answers.get(1).version());
      assertVersions(store, "1.0.0");
      assertThat(results(store)).hasSize(1);
    }
  }

  @Test
  void endsInOneVersionWhenSeveralRunsMeetTheSameData() throws Exception {
    String namespace = "several";
    s3.upload(namespace, "rows.csv", Runs.csv());
    try (Store store = s3.store(namespace)) {
      List<Run.Snapshot> runs =
          IntStream.rangeClosed(1, 3)
              .mapToObj(i -> Runs.withUid(run(namespace), "run-" + i))
              .toList();

      List<RunResult.Snapshot> answers = atOnce(store, runs);

      assertThat(answers).extracting(answer -> answer.version().number()).containsOnly(1);
      assertVersions(store, "1.0.0");
      assertThat(results(store))
          .extracting(CheckRecord::runUid)
          .containsExactlyInAnyOrder("run-1", "run-2", "run-3");
      assertThat(results(store)).extracting(CheckRecord::number).containsExactly(1, 2, 3);
    }
  }

  private List<RunResult.Snapshot> atOnce(Store store, List<Run.Snapshot> runs) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(runs.size());
    try {
      List<Callable<RunResult.Snapshot>> workers = new ArrayList<>();
      for (Run.Snapshot run : runs) {
        int machine = workers.size();
        workers.add(() -> worker(store, machine, run));
      }
      List<RunResult.Snapshot> answers = new ArrayList<>();
      for (Future<RunResult.Snapshot> answer : threads.invokeAll(workers)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  private RunResult.Snapshot worker(Store store, int machine, Run.Snapshot run) {
    return (RunResult.Snapshot)
        Runs.worker(
                store,
                new SqlResources(200L << 20, 1),
                scratch.resolve("machine-" + machine),
                Clock.fixed(NOON, ZoneOffset.UTC))
            .run(run);
  }

  private static Run.Snapshot run(String namespace) {
    return Runs.with(
        Runs.small(namespace), Runs.atLeast("enough", Metric.ROW_COUNT, null, Runs.ROWS));
  }

  private static List<CheckRecord> results(Store store) {
    ResultLog log = ResultLog.of(store, "small");
    return log.read(log.numbers());
  }

  private static void assertVersions(Store store, String... tags) {
    assertNothingIsHalfThere(store);
    assertThat(store.datasetVersions("small").numbers())
        .isEqualTo(IntStream.rangeClosed(1, tags.length).boxed().toList())
        .map(store.datasetVersions("small")::read)
        .extracting(version -> version.summary(Journal.Summary.class).version().tag())
        .containsExactly(tags);
  }

  /** All that a record refers to is there and right. */
  private static void assertNothingIsHalfThere(Store store) {
    for (int number : store.datasetVersions("small").numbers()) {
      VersionRecord version = store.datasetVersions("small").read(number);
      DatasetManifest manifest = DatasetManifest.load(store.objects(), version.digest());
      VersionFiles.objects(manifest)
          .forEach(
              (split, object) ->
                  assertThat(store.objects().read(object.digest(), 1 << 20))
                      .as(split)
                      .hasSize((int) object.bytes()));
      assertThat(results(store))
          .filteredOn(result -> result.digest().equals(version.digest()))
          .isNotEmpty();
    }
    assertThat(ResultLog.of(store, "small").numbers())
        .isEqualTo(IntStream.rangeClosed(1, results(store).size()).boxed().toList());
  }
}
