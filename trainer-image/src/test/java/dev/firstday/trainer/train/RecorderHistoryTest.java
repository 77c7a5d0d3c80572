package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.artefact.Artefact;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.evaluation.Yardsticks;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.sdk.store.VersionLog;
import dev.firstday.sdk.store.VersionRecord;
import dev.firstday.trainer.HistoryFaults;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Histories of a model that several runs record versions of at the same time, each in several
 * attempts beside each other, over an S3 that breaks connections, loses answers and answers its own
 * success with 412, before and after any request. Somebody reads all the while. Whatever happens,
 *
 * <ul>
 *   <li>a run has one version, and equal content is one version;
 *   <li>numbers count from 1 without a gap, and each is written once;
 *   <li>a record that can be seen has its bytes.
 * </ul>
 *
 * {@code -Dfirstday.histories=5000} plays more of them than a build has time for.
 */
class RecorderHistoryTest {
  private static final int HISTORIES = Integer.getInteger("firstday.histories", 16);
  private static final int AT_ONCE = 8;
  private static final int MOST_RUNS = 5;
  private static final int MOST_ATTEMPTS = 3;
  private static final double EQUAL_CONTENT = 0.2;
  private static final String MODEL = "late";

  private static final HistoryFaults FAULTS = new HistoryFaults();

  private static S3Fixture s3;
  private static ExecutorService threads;

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
    s3.faults().decide(FAULTS::of);
    threads = Executors.newCachedThreadPool();
  }

  @AfterAll
  static void stop() throws Exception {
    threads.shutdownNow();
    s3.close();
  }

  /** A run, and what it makes whenever it is tried. */
  private record Trial(String uid, Artefact artefact) {}

  @Test
  void everyHistoryIsOneThatCouldHaveHappenedInOrder() {
    ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<CompletableFuture<Integer>> histories =
          IntStream.range(0, HISTORIES)
              .mapToObj(history -> CompletableFuture.supplyAsync(() -> play(history), players))
              .toList();
      int attempts = histories.stream().mapToInt(CompletableFuture::join).sum();
      System.out.printf(
          "%,d histories, %,d attempts, %,d faults%n", HISTORIES, attempts, FAULTS.met());
      assertThat(FAULTS.met()).isGreaterThan(HISTORIES);
    } finally {
      players.shutdownNow();
    }
  }

  /** How many attempts it had. */
  private static int play(int history) {
    Random random = new Random(history);
    String namespace = "history-" + history;
    List<Trial> trials = trials(random);
    List<Trial> attempts =
        trials.stream()
            .flatMap(
                trial ->
                    IntStream.rangeClosed(0, random.nextInt(MOST_ATTEMPTS)).mapToObj(i -> trial))
            .toList();
    try (Store store = s3.store(namespace);
        Store calm = s3.calmStore(namespace, Clock.systemUTC())) {
      FAULTS.begin(namespace, random);
      AtomicBoolean over = new AtomicBoolean();
      Map<Integer, String> seen = new ConcurrentHashMap<>();
      CompletableFuture<Void> reader =
          CompletableFuture.runAsync(() -> read(calm, over, seen), threads);
      List<CompletableFuture<ModelVersion>> running =
          attempts.stream()
              .map(trial -> CompletableFuture.supplyAsync(() -> record(store, trial), threads))
              .toList();
      List<ModelVersion> told = running.stream().map(CompletableFuture::join).toList();
      FAULTS.end(namespace);
      // whatever was cut off is tried again, as the operator does
      Map<String, ModelVersion> ends = new TreeMap<>();
      trials.forEach(trial -> ends.put(trial.uid(), record(store, trial)));
      over.set(true);
      reader.join();

      for (int i = 0; i < told.size(); i++) {
        if (told.get(i) != null) {
          assertThat(told.get(i)).isEqualTo(ends.get(attempts.get(i).uid()));
        }
      }
      check(calm, trials, ends, seen);
      return told.size();
    }
  }

  private static void check(
      Store calm, List<Trial> trials, Map<String, ModelVersion> ends, Map<Integer, String> seen) {
    VersionLog log = calm.modelVersions(MODEL);
    List<String> digests = trials.stream().map(t -> t.artefact().manifest().digest()).toList();
    int distinct = (int) digests.stream().distinct().count();
    assertThat(log.numbers()).isEqualTo(IntStream.rangeClosed(1, distinct).boxed().toList());
    List<VersionRecord> records = log.numbers().stream().map(log::read).toList();
    assertThat(records)
        .extracting(VersionRecord::digest)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(digests.stream().distinct().toList());
    for (Trial trial : trials) {
      assertThat(log.read(ends.get(trial.uid()).number()).digest())
          .isEqualTo(trial.artefact().manifest().digest());
    }
    seen.forEach((number, digest) -> assertThat(log.read(number).digest()).isEqualTo(digest));
  }

  /** Null when the attempt gives up. */
  private static ModelVersion record(Store store, Trial trial) {
    Evaluation evaluation =
        Evaluation.of(
            10,
            Map.of(MetricName.LOG_LOSS, 0.4),
            Map.of(),
            new Yardsticks(Map.of(MetricName.LOG_LOSS, 0.5), Map.of(MetricName.LOG_LOSS, 0.45)),
            List.of(new Gate(MetricName.LOG_LOSS, 0.0, null, null, null)));
    try {
      return new Recorder(store, MODEL)
          .record(trial.uid(), trial.artefact(), evaluation, Instant.EPOCH);
    } catch (StoreException e) {
      return null;
    }
  }

  /** Looks at all there is, again and again, until told that it is over. */
  private static void read(Store calm, AtomicBoolean over, Map<Integer, String> seen) {
    boolean last;
    do {
      last = over.get();
      VersionLog log = calm.modelVersions(MODEL);
      for (int number : log.numbers()) {
        String digest = log.read(number).digest();
        assertThat(seen.getOrDefault(number, digest)).isEqualTo(digest);
        if (seen.put(number, digest) == null) {
          ModelManifest manifest = ModelManifest.load(digest, calm.objects()::read);
          manifest
              .files()
              .values()
              .forEach(file -> calm.objects().read(file.digest(), (int) file.bytes()));
        }
      }
    } while (!last);
  }

  private static List<Trial> trials(Random random) {
    List<Trial> trials = new ArrayList<>();
    int runs = 2 + random.nextInt(MOST_RUNS - 1);
    for (int run = 0; run < runs; run++) {
      Artefact artefact =
          run > 0 && random.nextDouble() < EQUAL_CONTENT
              ? trials.get(run - 1).artefact()
              : artefact("weights " + run);
      trials.add(new Trial("run-" + run, artefact));
    }
    return trials;
  }

  /** A version of the model that the histories are of. */
  static Artefact artefact(String weights) {
    TreeMap<String, byte[]> files = new TreeMap<>();
    files.put(ModelManifest.MODEL, weights.getBytes(StandardCharsets.UTF_8));
    files.put(ModelManifest.CODE, ("code of " + weights).getBytes(StandardCharsets.UTF_8));
    String some = Contract.sha256(files.get(ModelManifest.CODE));
    return new Artefact(
        new ModelManifest(
            MODEL,
            Artefact.references(files),
            new ModelManifest.DatasetReference("flights", 1, some, some, some),
            some,
            1,
            1,
            1,
            null,
            List.of(),
            Map.of(),
            null,
            List.of()),
        files);
  }
}
