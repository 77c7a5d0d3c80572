package dev.firstday.trainer.benchmark;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a trainer takes from a data set's version in an S3 to a recorded version of a model, in
 * a process of its own as a pod has it, from its start to its end: {@code RecordedSpeed MANIFEST
 * OBJECTS EPOCHS FOLDER JVM-FLAG...}. The folder gets the trainer's log. Prints one line of JSON.
 */
public final class RecordedSpeed {
  private RecordedSpeed() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    DatasetManifest manifest =
        Contract.read(Files.readString(Path.of(arguments[0])), DatasetManifest.class);
    Path folder = Files.createDirectories(Path.of(arguments[3]));
    try (S3Fixture s3 = S3Fixture.start()) {
      Run.Train run =
          LargeTraining.run(
              uploaded(s3, manifest, Path.of(arguments[1])), Integer.parseInt(arguments[2]));
      LargeTraining.Measured measured =
          LargeTraining.train(s3, folder, run, List.of(arguments).subList(4, arguments.length));
      System.out.println(Contract.write(told(measured, run.uid(), folder)));
    }
    System.exit(0);
  }

  private static Run.DatasetVersionReference uploaded(
      S3Fixture s3, DatasetManifest manifest, Path objects) throws IOException {
    try (Store store = s3.calmStore(LargeTraining.NAMESPACE, Clock.systemUTC())) {
      store.objects().put(objects.resolve(manifest.train().digest()));
      store.objects().put(objects.resolve(manifest.validation().digest()));
      String digest = manifest.store(store.objects());
      int number =
          store
              .datasetVersions(manifest.name())
              .record(manifest.name(), digest, false, Instant.now(), n -> Map.of())
              .number();
      return new Run.DatasetVersionReference(manifest.name(), number, digest);
    }
  }

  private static Map<String, Object> told(LargeTraining.Measured measured, String uid, Path folder)
      throws IOException {
    RunResult.Train answer =
        Contract.readResult(measured.answer(), uid)
            .map(RunResult.Train.class::cast)
            .filter(train -> train.training().version() != null)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the trainer recorded no version, exit code %d; see its log %s: %s"
                            .formatted(measured.exit(), folder.resolve("log"), measured.answer())));
    Map<MetricName, Double> metrics = new LinkedHashMap<>();
    answer.training().metrics().forEach(metric -> metrics.put(metric.name(), metric.value()));
    return Map.of("seconds", measured.seconds(), "metrics", metrics);
  }
}
