package dev.firstday.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.api.Condition;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ResourceStatus;
import dev.firstday.api.TrainingJob;
import dev.firstday.cli.local.LocalCluster;
import dev.firstday.cli.local.LocalFolder;
import dev.firstday.cli.local.LocalImages;
import dev.firstday.cli.local.LocalStop;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What goes wrong around a system that works: each resource says what is the matter, keeps the last
 * good version, and goes on by itself when the cause is gone. Most of the time is spent waiting for
 * the next try, so that mishaps which concern nobody else happen at the same time.
 */
@Execution(ExecutionMode.CONCURRENT)
class MishapsTest {
  private static final String STORAGE = "storage";
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private static Path directory;
  private static LocalFolder folder;
  private static LocalCluster cluster;
  private static Place place;

  @BeforeAll
  static void serveAModel() throws Exception {
    Tiny.write(directory);
    folder = new LocalFolder(directory.resolve("state"));
    cluster = LocalCluster.start(folder, LocalImages.of(Path.of("..")), part -> {});
    place = new LocalPlace(cluster.client(), cluster.storage(), folder, cluster);
    new Demo(
            place,
            Example.read(directory),
            new Progress(new PrintStream(PrintStream.nullOutputStream()), false),
            new Stopwatch(),
            new Follower(place, Follower.in(LIMIT)))
        .run();
  }

  @AfterAll
  static void stop() throws IOException {
    place.close();
    LocalStop.remove(folder);
  }

  @Test
  @ResourceLock(value = STORAGE, mode = ResourceAccessMode.READ)
  void aFileThatComesLater() {
    dataset(
        "later",
        spec ->
            spec.put(
                "source",
                Map.of("files", List.of(Map.of("name", "points", "uri", "later/points.csv")))));
    awaitTrouble(
        Dataset.class, "later", "ObjectNotFound", "there is no file", "later/points.csv", "upload");

    place.store().files().put("later/points.csv", Tiny.points(directory));

    awaitReady(Dataset.class, "later");
  }

  @Test
  @ResourceLock(value = STORAGE, mode = ResourceAccessMode.READ)
  void aTransformThatDoesNotParse() {
    dataset("mended", spec -> {});
    awaitReady(Dataset.class, "mended");
    String good = get(Dataset.class, "mended").getSpec().transform();

    dataset("mended", spec -> spec.put("transform", "SELEC 1"));
    awaitTrouble(Dataset.class, "mended", "InvalidTransform", "spec.transform", "line 1, column 1");
    assertThat(get(Dataset.class, "mended").getStatus().latest().number()).isEqualTo(1);

    dataset("mended", spec -> spec.put("transform", good + " WHERE x > -5"));
    awaitReady(Dataset.class, "mended");
    assertThat(get(Dataset.class, "mended").getStatus().latest().number()).isEqualTo(2);
  }

  @Test
  @ResourceLock(value = STORAGE, mode = ResourceAccessMode.READ)
  void aDataSetThatGrowsAndGoesBad() throws IOException {
    String good = Files.readString(Tiny.points(directory));
    upload("grown/points-1.csv", good);
    dataset(
        "grown",
        spec -> {
          spec.put(
              "source",
              Map.of("files", List.of(Map.of("name", "points", "uri", "grown/points-*.csv"))));
          spec.put(
              "checks",
              List.of(
                  Map.of(
                      "metric",
                      "invalidValues",
                      "column",
                      "colour",
                      "arguments",
                      Map.of("validValues", List.of("red", "blue")),
                      "mustBe",
                      0)));
          spec.put("retention", Map.of("keepVersions", 1));
        });
    awaitReady(Dataset.class, "grown");

    upload("grown/points-2.csv", "id,x,colour\n9001,0.5,red\n9002,-0.5,blue\n");
    refresh("grown", "more rows");
    awaitVersion("grown", 2);
    assertThat(get(Dataset.class, "grown").getStatus().latest().tag()).isEqualTo("1.1.0");

    upload("grown/points-3.csv", "id,x,colour\n9003,0.5,green\n");
    refresh("grown", "bad rows");
    awaitTrouble(Dataset.class, "grown", "ChecksFailed", "invalidValues(colour): 1 row, must be 0");
    DatasetStatus bad = get(Dataset.class, "grown").getStatus();
    assertThat(bad.latest().number()).isEqualTo(2);
    assertThat(bad.retention().marked()).containsExactly(1);
    training("fed", spec -> spec.put("dataset", Map.of("name", "grown")));
    awaitReady(TrainingJob.class, "fed");
    assertThat(get(TrainingJob.class, "fed").getStatus().chain().dataset()).isEqualTo("grown/2");
    training("misled", spec -> spec.put("dataset", Map.of("name", "grown", "version", 3)));
    awaitTrouble(TrainingJob.class, "misled", "DatasetVersionRefused", "version 3", "grown");

    upload("grown/points-3.csv", "id,x,colour\n9003,0.5,red\n");
    refresh("grown", "mended rows");
    awaitVersion("grown", 4);
    awaitReady(Dataset.class, "grown");
  }

  @Test
  @ResourceLock(value = STORAGE, mode = ResourceAccessMode.READ_WRITE)
  void keysThatAreWrong() {
    var secret = client().secrets().inNamespace("default").withName("firstday-s3");
    Secret right = secret.get();
    secret.edit(
        s -> {
          s.setStringData(Map.of("AWS_SECRET_ACCESS_KEY", "guessed"));
          return s;
        });
    dataset("locked", spec -> {});
    awaitTrouble(Dataset.class, "locked", "S3AccessDenied", "check the keys in the Secret");

    secret.edit(
        s -> {
          s.setData(right.getData());
          return s;
        });

    awaitReady(Dataset.class, "locked");
  }

  @Test
  @ResourceLock(value = STORAGE, mode = ResourceAccessMode.READ_WRITE)
  void aBucketThatIsNotThere() throws IOException {
    Path bucket = folder.s3().resolve(cluster.storage().bucket());
    Path aside = folder.s3().resolveSibling("aside");
    Files.move(bucket, aside);
    dataset("homeless", spec -> {});
    awaitTrouble(Dataset.class, "homeless", "BucketNotFound", cluster.storage().bucket());

    Files.move(aside, bucket);

    awaitReady(Dataset.class, "homeless");
  }

  /** All tries of a real minute take too long here: enough of them, into the longest pauses. */
  @Test
  @ResourceLock(value = STORAGE, mode = ResourceAccessMode.READ_WRITE)
  void anS3ThatIsAwayWhileAModelTrains() throws IOException {
    training(
        "patient",
        spec -> {
          spec.put("epochs", 40);
          spec.put("seed", 5);
        });
    awaitLog("patient", "epoch 1/");
    cluster.stopStorage();
    try (ServerSocket broken =
        new ServerSocket(
            URI.create(cluster.storage().endpoint()).getPort(),
            50,
            InetAddress.getLoopbackAddress())) {
      for (int attempts = 0; attempts < 8; attempts++) {
        broken.accept().close();
      }
    } finally {
      cluster.startStorage();
    }

    awaitReady(TrainingJob.class, "patient");
    TrainingJob done = get(TrainingJob.class, "patient");
    assertThat(done.getStatus().run().attempt()).isEqualTo(1);
    assertThat(done.getStatus().result().version().number()).isEqualTo(1);
  }

  @Test
  @ResourceLock(value = STORAGE, mode = ResourceAccessMode.READ)
  void aJarWithoutTheClass() throws IOException {
    place.store().files().put("code/mine.jar", UserJar.write(directory, "Other"));
    training(
        "own",
        spec -> {
          spec.remove("network");
          spec.put("code", Map.of("jar", "code/mine.jar", "className", "user.Mine"));
        });
    awaitTrouble(TrainingJob.class, "own", "ClassNotFound", "user.Mine is not in the jar");

    place.store().files().put("code/mine.jar", UserJar.write(directory, "Mine"));

    awaitReady(TrainingJob.class, "own");
  }

  @Test
  @ResourceLock(value = STORAGE, mode = ResourceAccessMode.READ_WRITE)
  void aFlippedByteOfADataSet() throws IOException {
    Path train = object(get(Model.class, "sign").getStatus().newest().trainDigest());
    flipAByte(train);
    training("flipped", spec -> spec.put("seed", 9));
    awaitTrouble(TrainingJob.class, "flipped", "DigestMismatch", train.getFileName().toString());

    flipAByte(train);

    awaitReady(TrainingJob.class, "flipped");
  }

  @Test
  @ResourceLock(value = STORAGE, mode = ResourceAccessMode.READ)
  void aFlippedByteOfAModel() throws IOException {
    Path artefact = object(get(Model.class, "sign").getStatus().newest().digest());
    flipAByte(artefact);
    apply("Deployment", "second", spec -> {});
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(ready(ModelDeployment.class, "second").message()).contains("sha256"));
    assertThat(Settling.isReady(get(ModelDeployment.class, "sign"))).isTrue();

    flipAByte(artefact);

    awaitReady(ModelDeployment.class, "second");
  }

  private static void upload(String key, String csv) throws IOException {
    Path file = Files.createTempFile(directory, "upload", ".csv");
    place.store().files().put(key, Files.writeString(file, csv));
  }

  private static void refresh(String dataset, String why) {
    client()
        .resources(Dataset.class)
        .inNamespace("default")
        .withName(dataset)
        .edit(
            there -> {
              there.getMetadata().setAnnotations(Map.of(Firstday.REFRESH_ANNOTATION, why));
              return there;
            });
  }

  private static void awaitVersion(String dataset, int number) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(get(Dataset.class, dataset).getStatus().latest().number())
                    .isEqualTo(number));
  }

  private static void dataset(String name, Consumer<Map<String, Object>> change) {
    apply("Dataset", name, change);
  }

  /** Feeds a model that nothing serves. */
  private static void training(String name, Consumer<Map<String, Object>> change) {
    apply("Model", name, spec -> {});
    apply(
        "TrainingJob",
        name,
        spec -> {
          spec.put("model", name);
          change.accept(spec);
        });
  }

  /** Makes the example's resource of that kind again, under another name and changed. */
  private static void apply(String kind, String name, Consumer<Map<String, Object>> change) {
    try {
      GenericKubernetesResource resource =
          Example.read(directory).resources().stream()
              .filter(r -> r.getKind().equals(kind))
              .findFirst()
              .orElseThrow();
      resource.getMetadata().setName(name);
      Map<String, Object> spec = resource.get("spec");
      change.accept(spec);
      client().resource(resource).inNamespace("default").forceConflicts().serverSideApply();
    } catch (IOException | DemoFailure e) {
      throw new IllegalStateException(e);
    }
  }

  private static <R extends CustomResource<?, ? extends ResourceStatus>> R get(
      Class<R> kind, String name) {
    return client().resources(kind).inNamespace("default").withName(name).get();
  }

  private static <R extends CustomResource<?, ? extends ResourceStatus>> Condition ready(
      Class<R> kind, String name) {
    ResourceStatus status = get(kind, name).getStatus();
    return status == null || status.conditions() == null
        ? new Condition("Ready", "Unknown", "", "", null, null)
        : status.condition("Ready").orElseThrow();
  }

  private static <R extends CustomResource<?, ? extends ResourceStatus>> void awaitReady(
      Class<R> kind, String name) {
    await()
        .alias(name)
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(get(kind, name))
                    .matches(Settling::isReady, "is ready: " + ready(kind, name)));
  }

  private static <R extends CustomResource<?, ? extends ResourceStatus>> void awaitTrouble(
      Class<R> kind, String name, String reason, String... words) {
    await()
        .alias(name)
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(ready(kind, name).reason()).isEqualTo(reason);
              assertThat(ready(kind, name).status()).isEqualTo("False");
              assertThat(ready(kind, name).message()).contains(words);
            });
  }

  /** A worker's own words. */
  private static void awaitLog(String job, String words) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              try (Stream<Path> logs =
                  Files.list(folder.podLog("default", job, false).getParent())) {
                return logs.filter(log -> log.getFileName().toString().startsWith(job + "-"))
                    .anyMatch(log -> read(log).contains(words));
              }
            });
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path object(String digest) {
    return folder
        .s3()
        .resolve(cluster.storage().bucket())
        .resolve("default/objects/sha256")
        .resolve(digest);
  }

  private static void flipAByte(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
  }

  private static KubernetesClient client() {
    return cluster.client();
  }
}
