package dev.firstday.trainer.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Retention;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.Artefact;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.VersionLog;
import dev.firstday.sdk.store.VersionRecord;
import dev.firstday.trainer.HistoryFaults;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Histories of a model whose versions are swept, by several sweeps at once of which none knows of
 * the other, while runs record versions and a Deployment takes one up that was about to go: in
 * time, too late, or in the midst of it all. The grace period is over when they begin. Somebody
 * reads all the while. Whatever happens,
 *
 * <ul>
 *   <li>a version that is kept has its bytes, and so has one that was taken up;
 *   <li>numbers count from 1 without a gap, and each is written once;
 *   <li>a version that is no more does not come back, and a run whose version it was gets another;
 *   <li>in the end no file is left that nobody needs.
 * </ul>
 *
 * {@code -Dfirstday.histories=2000} plays more of them than a build has time for.
 */
class ModelHistoryTest {
  private static final int HISTORIES = Integer.getInteger("firstday.histories", 16);
  private static final int AT_ONCE = 4;
  private static final int VERSIONS = 4;
  private static final Instant NOW = Instant.now();
  private static final Duration GRACE = Duration.ofDays(2);
  private static final Retention KEEP_ONE = new Retention(1, null, 2, null);
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

  /**
   * @param old whether objects are old enough to be deleted. What an age protects, files that are
   *     recorded again while they go, is left out then, since no store tells another age of them
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyHistoryIsOneThatCouldHaveHappenedInOrder(boolean old) {
    ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);
    int before = FAULTS.met();
    try {
      List<CompletableFuture<Boolean>> histories =
          IntStream.range(0, HISTORIES)
              .mapToObj(
                  history ->
                      CompletableFuture.supplyAsync(
                          () -> new History(history, old).play(), players))
              .toList();
      long taken = histories.stream().filter(CompletableFuture::join).count();
      System.out.printf(
          "%,d histories, %,d faults, %,d versions taken up%n",
          HISTORIES, FAULTS.met() - before, taken);
      assertThat(FAULTS.met() - before).isGreaterThan(HISTORIES);
    } finally {
      players.shutdownNow();
    }
  }

  /** When the Deployment takes its version up, so that each case is met on any machine. */
  private enum Taking {
    /** Before anything is deleted: it has it. */
    IN_TIME,
    /**
     * After a whole sweep that knew nothing of it: it is told that there is no such version, unless
     * a run has recorded the same anew, which keeps it.
     */
    TOO_LATE,
    /** While sweeps run: either, and it is told which. */
    AMID;

    private static Taking of(int history) {
      return values()[history % values().length];
    }
  }

  private static final class History {
    private final Random random;
    private final String namespace;
    private final boolean old;
    private final Taking taking;
    private final Clock afterGrace = Clock.fixed(NOW.plus(GRACE), ZoneOffset.UTC);
    private final Clock age;

    /** What the Deployment takes up, and from when on it is spoken of. */
    private final int wanted;

    /** What a run records anew; no version of this content is deleted while it is young. */
    private final String anew;

    private final Set<Integer> pins = ConcurrentHashMap.newKeySet();
    private final Set<Integer> gone = ConcurrentHashMap.newKeySet();
    private final Map<Integer, String> seen = new ConcurrentHashMap<>();

    History(int number, boolean old) {
      this.random = new Random(number);
      this.namespace = "swept-%s-%d".formatted(old ? "old" : "young", number);
      this.old = old;
      this.taking = Taking.of(number);
      this.age = old ? afterGrace : Clock.systemUTC();
      this.wanted = 1 + random.nextInt(VERSIONS - 1);
      this.anew = old ? "newer" : content(1 + random.nextInt(VERSIONS));
    }

    private static String content(int version) {
      return "w" + version;
    }

    /** Whether the version was taken up. */
    boolean play() {
      try (Store store = s3.store(namespace, age);
          Store calm = s3.calmStore(namespace, age)) {
        for (int version = 1; version <= VERSIONS; version++) {
          Models.record(calm, "late", content(version), "jar", NOW);
        }
        sweep(calm, Clock.fixed(NOW, ZoneOffset.UTC), List.of());
        FAULTS.begin(namespace, random);
        if (taking == Taking.IN_TIME) {
          pins.add(wanted);
        }
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> reader =
            CompletableFuture.runAsync(() -> read(calm, over), threads);
        List<CompletableFuture<?>> actors = new ArrayList<>();
        for (int sweeps = 1 + random.nextInt(2); sweeps > 0; sweeps--) {
          actors.add(CompletableFuture.runAsync(() -> sweep(store), threads));
        }
        for (Artefact artefact : recorded()) {
          actors.add(CompletableFuture.runAsync(() -> record(store, artefact), threads));
        }
        CompletableFuture<Boolean> takenUp =
            CompletableFuture.supplyAsync(() -> takeUp(store), threads);
        actors.forEach(CompletableFuture::join);
        boolean taken = takenUp.join();
        FAULTS.end(namespace);
        over.set(true);
        reader.join();
        check(calm, taken);
        return taken;
      }
    }

    private List<Artefact> recorded() {
      List<Artefact> artefacts = new ArrayList<>();
      artefacts.add(Models.artefact("late", "new", "jar"));
      artefacts.add(Models.artefact("late", "new", "jar"));
      artefacts.add(Models.artefact("late", anew, "jar"));
      return artefacts;
    }

    /** As the operator does: it says what is in use, and believes the answer. */
    private boolean takeUp(Store store) {
      if (taking == Taking.TOO_LATE) {
        while (sweep(store) == null) {}
      }
      pins.add(wanted);
      while (true) {
        RunResult.Sweep swept = sweep(store);
        if (swept != null && isIn(swept.retention().deleted(), wanted)) {
          return false;
        }
        if (swept != null && !isIn(swept.retention().marked(), wanted)) {
          return true;
        }
      }
    }

    private static boolean isIn(List<Integer> numbers, int number) {
      return numbers != null && numbers.contains(number);
    }

    /** Null when it gives up. */
    private RunResult.Sweep sweep(Store store) {
      try {
        return sweep(store, afterGrace, List.copyOf(pins));
      } catch (RunFailure e) {
        return null;
      }
    }

    private RunResult.Sweep sweep(Store store, Clock clock, List<Integer> referred) {
      return (RunResult.Sweep)
          new RetentionWorker(store, clock)
              .run(new Run.Sweep("sweep", namespace, "late", KEEP_ONE, referred));
    }

    /** Tries until it is done, as the operator does. */
    private void record(Store store, Artefact artefact) {
      while (true) {
        try {
          artefact.store(store.objects()::put);
          Models.record(store, artefact, NOW);
          return;
        } catch (RunFailure e) {
          assertThat(e.reason()).startsWith("S3");
        }
      }
    }

    /** Looks at all there is, again and again, until told that it is over. */
    private void read(Store calm, AtomicBoolean over) {
      boolean last;
      do {
        last = over.get();
        VersionLog log = calm.modelVersions("late");
        Set<Integer> kept = new TreeSet<>(log.kept());
        assertThat(kept).filteredOn(gone::contains).isEmpty();
        for (int number : log.numbers()) {
          String digest = log.read(number).digest();
          assertThat(seen.getOrDefault(number, digest)).isEqualTo(digest);
          seen.put(number, digest);
        }
        kept.forEach(number -> requireWhole(calm, log, number));
        calm.modelSweepMarks("late").states().keySet().stream()
            .filter(number -> !log.kept().contains(number))
            .forEach(gone::add);
      } while (!last);
    }

    /** It may have gone since it was listed. */
    private static void requireWhole(Store calm, VersionLog log, int number) {
      try {
        Models.requireWhole(calm, log.read(number));
      } catch (RunFailure e) {
        if (log.kept().contains(number)) {
          throw new AssertionError("version %d is kept, and not whole".formatted(number), e);
        }
      }
    }

    private void check(Store calm, boolean taken) {
      switch (taking) {
        case IN_TIME -> assertThat(taken).isTrue();
        case TOO_LATE -> assertThat(taken && !anew.equals(content(wanted))).isFalse();
        case AMID -> {}
      }
      List<Integer> inUse = taken ? List.of(wanted) : List.of();
      RunResult.Sweep last = sweep(calm, afterGrace, inUse);
      VersionLog log = calm.modelVersions("late");
      List<Integer> numbers = log.numbers();
      assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
      seen.forEach((number, digest) -> assertThat(log.read(number).digest()).isEqualTo(digest));
      assertThat(log.kept()).contains(numbers.size()).containsAll(inUse);
      assertThat(log.read(log.kept()))
          .extracting(VersionRecord::digest)
          .as("equal content is one version")
          .doesNotHaveDuplicates();
      assertThat(last.removed()).isEqualTo(numbers.size() - log.kept().size());
      Models.requireWhole(calm, "late");
      if (old) {
        assertThat(Models.strays(s3.keys(namespace), calm, "late")).isEmpty();
      }
    }
  }
}
