package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.artefact.Artefact;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.evaluation.Yardsticks;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.inventory.InventoryWorker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A model with many versions; {@code -Dfirstday.versions=1000} for more than a build has time for.
 */
class ManyVersionsTest {
  private static final int VERSIONS = Integer.getInteger("firstday.versions", 100);
  private static final String NAMESPACE = "team-a";

  @Test
  void listingVerifyingAndRecordingOneMoreStillWork() throws Exception {
    try (S3Fixture s3 = S3Fixture.start();
        Store store = s3.store(NAMESPACE)) {
      IntStream.rangeClosed(1, VERSIONS).forEach(number -> put(number, s3));
      Artefact artefact = RecorderHistoryTest.artefact("the one more");

      RunResult.Inventory listed =
          timed(
              "listed",
              () ->
                  (RunResult.Inventory)
                      new InventoryWorker(store)
                          .run(new Run.Inventory("run", NAMESPACE, "late", 10, List.of(1))));
      ModelVersion recorded = timed("one more recorded", () -> record(store, artefact));
      timed(
          "one verified",
          () -> {
            ModelManifest.load(recorded.digest(), store.objects()::read)
                .verifyFiles(store.objects()::read);
            return recorded;
          });

      assertThat(listed.count()).isEqualTo(VERSIONS);
      assertThat(listed.versions())
          .extracting(ModelVersion::number)
          .startsWith(VERSIONS, VERSIONS - 1)
          .endsWith(1)
          .hasSize(11);
      assertThat(recorded.number()).isEqualTo(VERSIONS + 1);
      assertThat(record(store, artefact)).as("the same run again").isEqualTo(recorded);
    }
  }

  /** As a run does: it looks first whether it has recorded its version before. */
  private static ModelVersion record(Store store, Artefact artefact) {
    Recorder recorder = new Recorder(store, "late");
    return recorder
        .recordedBy("run-new")
        .orElseGet(() -> recorder.record("run-new", artefact, evaluation(), Instant.EPOCH));
  }

  private static <T> T timed(String what, Supplier<T> work) {
    long begin = System.nanoTime();
    T result = work.get();
    System.out.printf(
        "%,d versions: %s in %d ms%n",
        VERSIONS, what, Duration.ofNanos(System.nanoTime() - begin).toMillis());
    return result;
  }

  private static void put(int number, S3Fixture s3) {
    String digest = Contract.sha256(("version " + number).getBytes(StandardCharsets.UTF_8));
    Map<String, Object> summary = Map.of("number", number, "digest", digest);
    s3.put(
        "team/%s/models/late/versions/%d.json".formatted(NAMESPACE, number),
        Artefact.json(
            Map.of(
                "number",
                number,
                "digest",
                digest,
                "runUid",
                "run-" + number,
                "refused",
                false,
                "recordedAt",
                Instant.EPOCH,
                "summary",
                summary)));
  }

  private static Evaluation evaluation() {
    Map<MetricName, Double> metric = Map.of(MetricName.LOG_LOSS, 0.4);
    return Evaluation.of(
        10,
        metric,
        Map.of(),
        new Yardsticks(metric, metric),
        List.of(new Gate(MetricName.LOG_LOSS, null, null, null, 1.0)));
  }
}
