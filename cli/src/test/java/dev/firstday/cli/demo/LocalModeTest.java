package dev.firstday.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.Firstday;
import dev.firstday.api.GoldenResults;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.Reproduction;
import dev.firstday.api.Retention;
import dev.firstday.api.Signing;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.VersionHealth;
import dev.firstday.cli.local.LocalCluster;
import dev.firstday.cli.local.LocalFolder;
import dev.firstday.cli.local.LocalImages;
import dev.firstday.cli.local.LocalRecord;
import dev.firstday.cli.local.LocalStop;
import dev.firstday.cli.model.ModelCommand;
import dev.firstday.cli.push.PushCommand;
import dev.firstday.cli.training.TrainingCommand;
import dev.firstday.sdk.store.Digests;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The local mode from end to end: API server, S3, operator, controllers, and the programs of both
 * images as processes. One cluster for all, in the order in which a user would meet it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalModeTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String TRAINER = "dev.firstday.trainer.Main";
  private static final String SERVER = "dev.firstday.server.Main";

  @TempDir private static Path directory;
  private static LocalFolder folder;
  private static LocalCluster cluster;
  private static Place place;
  private static Sign sign;

  @BeforeAll
  static void start() throws IOException {
    Tiny.write(directory);
    folder = new LocalFolder(directory.resolve("state"));
    cluster = LocalCluster.start(folder, LocalImages.of(Path.of("..")), part -> {});
    sign = new Sign(cluster.client(), LIMIT);
    place = new LocalPlace(cluster.client(), cluster.storage(), folder, cluster);
  }

  @AfterAll
  static void stop() throws IOException {
    place.close();
    assertThat(processes(SERVER)).isEmpty();
    LocalStop.remove(folder);
    assertThat(folder.root()).doesNotExist();
  }

  @Test
  @Order(1)
  void anExampleGoesFromFilesToPredictions() throws Exception {
    Path shown = directory.resolve("shown.txt");
    DemoResult result;
    try (PrintStream out = new PrintStream(shown.toFile(), StandardCharsets.UTF_8)) {
      result = demo(out).run();
    }

    assertThat(result.phase()).isEqualTo("Stable");
    assertThat(result.version()).isEqualTo(1);
    assertThat(result.dataset()).isEqualTo("points/1");
    assertThat(result.metrics().get("auc").value()).isGreaterThan(0.8);
    assertThat(result.metrics().get("auc").baseline()).isEqualTo(0.5);
    assertThat(result.seconds())
        .containsKeys("upload", "apply", "dataset", "training", "rollout", "predictions");
    assertThat(shown)
        .content()
        .contains("sign/1 after")
        .contains("epoch 10/10")
        .contains("P(positive)")
        .contains("export KUBECONFIG=" + folder.kubeconfig())
        .doesNotContain("\u001b");
    assertThat(LocalRecord.read(folder).orElseThrow().process()).isPresent();
  }

  @Test
  @Order(2)
  void theSameExampleAgainChangesNothing() throws Exception {
    String before = generations();

    DemoResult result = demo(new PrintStream(PrintStream.nullOutputStream())).run();

    assertThat(result.version()).isEqualTo(1);
    assertThat(generations()).isEqualTo(before);
  }

  @Test
  @Order(3)
  void aKilledTrainerAndARestartedOperatorOnlyCostAnotherAttempt() {
    sign.trainAgain(7);
    await().atMost(LIMIT).until(() -> !processes(TRAINER).isEmpty());
    processes(TRAINER).forEach(ProcessHandle::destroyForcibly);
    cluster.restartOperator();

    TrainingJob done =
        sign.await(
            TrainingJob.class,
            job -> Settling.isReady(job) && job.getStatus().result().version().number() == 2);

    assertThat(done.getStatus().run().attempt()).isEqualTo(2);
    ModelDeployment promoted =
        sign.await(
            ModelDeployment.class,
            deployment ->
                deployment.getStatus().stable() != null
                    && deployment.getStatus().stable().number() == 2);
    assertThat(promoted.getStatus().phase()).isIn("Stable", "Promoting");
  }

  /** With a real S3 between the routers of two rollouts; nobody calls while the second one runs. */
  @Test
  @Order(4)
  void aVersionIsPromotedByWhatCallersAskedOfTheLastOne() throws Exception {
    ModelDeployment deployment = sign.capture();
    Inference caller = new Inference(URI.create(deployment.getStatus().endpoint()), "sign");
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              for (int i = 0; i < 10; i++) {
                caller.infer(List.of(row(ThreadLocalRandom.current().nextGaussian() * 2)));
              }
              return captured() >= 100;
            });

    sign.trainAgain(8);

    sign.await(
        ModelDeployment.class,
        d -> d.getStatus().stable() != null && d.getStatus().stable().number() == 3);
    assertThat(
            client().v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> "Replayed".equals(event.getReason()))
                .map(Event::getMessage))
        .singleElement()
        .asString()
        .matches("version 3: (all )?[1-9][0-9]+ captured requests .*were compared");
  }

  private static ObjectNode row(double x) {
    return JsonNodeFactory.instance.objectNode().put("x", x).put("colour", "red");
  }

  /** Requests that lie in S3. */
  private static long captured() throws IOException {
    long lines = 0;
    try (Stream<Path> files = Files.walk(folder.root())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl.gz")).toList()) {
        try (GZIPInputStream gzip = new GZIPInputStream(Files.newInputStream(file))) {
          lines += new String(gzip.readAllBytes(), StandardCharsets.UTF_8).lines().count();
        }
      }
    }
    return lines;
  }

  @Test
  @Order(5)
  void aGoldenCaseRollsBackAndOneThatIsCorrectedLetsGoOn() {
    sign.suspend(true);
    sign.trainAgain(9);
    sign.await(
        Model.class, m -> m.getStatus().newest() != null && m.getStatus().newest().number() == 4);
    // written when the version is ready: else it would not become so
    sign.golden(
        "{\"name\":\"never\",\"inputs\":{\"x\":2,\"colour\":\"red\"},\"expect\":{\"min\":2}}");
    sign.suspend(false);

    ModelDeployment stopped =
        sign.await(
            ModelDeployment.class,
            d -> d.getStatus().phase().equals("RolledBack") && d.getStatus().rejected() != null);
    assertThat(stopped.getStatus().rejected().get(0).reason()).isEqualTo("GoldenCaseFailed");
    assertThat(stopped.getStatus().rejected().get(0).message())
        .startsWith("golden case never: expected probability at least 2, got positive true, ")
        .contains("the stable version fails it too");
    assertThat(stopped.getStatus().stable().number()).isEqualTo(3);

    sign.golden("{\"name\":\"right\",\"inputs\":{\"x\":2},\"expect\":{\"label\":true}}");
    sign.change(
        ModelDeployment.class,
        d -> {
          d.getMetadata().setAnnotations(Map.of(Firstday.ROLLOUT_ANNOTATION, "retry 1"));
          return d;
        });
    ModelDeployment held =
        sign.await(ModelDeployment.class, d -> d.getStatus().phase().equals("Held"));
    assertThat(held.getStatus().conditions())
        .anySatisfy(
            c -> {
              assertThat(c.reason()).isEqualTo("InvalidGoldenCase");
              assertThat(c.message()).contains("golden case right", "no value for colour");
            });

    sign.golden(
        "{\"name\":\"right\",\"inputs\":{\"x\":2,\"colour\":\"red\"},\"expect\":{\"label\":true}}");
    ModelDeployment promoted =
        sign.await(
            ModelDeployment.class,
            d -> d.getStatus().stable() != null && d.getStatus().stable().number() == 4);
    assertThat(promoted.getStatus().rollout().golden())
        .isEqualTo(new GoldenResults(true, 1, 1, 0, null));
  }

  @Test
  @Order(6)
  void aVersionWhoseBytesChangedIsFoundAndWhatServesGoesOn() throws IOException {
    Model before = sign.await(Model.class, m -> m.getStatus().newest().number() == 4);
    ModelVersion oldest = before.getStatus().versions().get(3);
    assertThat(before.getStatus().health()).hasSize(4).allMatch(VersionHealth::passed);
    Path manifest = objectOf(oldest.digest());
    byte[] content = Files.readAllBytes(manifest);
    Files.writeString(manifest, "{}");

    verify("1");
    Model damaged = sign.await(Model.class, m -> "1".equals(m.getStatus().verified()));
    assertThat(damaged.getStatus().phase()).isEqualTo("Degraded");
    assertThat(damaged.getStatus().health().get(3).fault()).isEqualTo("DigestMismatch");
    assertThat(damaged.getStatus().newest().number()).isEqualTo(4);
    assertThat(sign.await(ModelDeployment.class, d -> true).getStatus().stable().number())
        .isEqualTo(4);

    Files.write(manifest, content);
    verify("2");
    Model mended = sign.await(Model.class, m -> "2".equals(m.getStatus().verified()));
    assertThat(mended.getStatus().phase()).isEqualTo("Ready");
  }

  private static void verify(String asked) {
    sign.change(
        Model.class,
        model -> {
          model.getMetadata().setAnnotations(Map.of(Firstday.VERIFY_ANNOTATION, asked));
          return model;
        });
  }

  private static Path objectOf(String digest) throws IOException {
    try (Stream<Path> files = Files.walk(folder.root())) {
      return files.filter(file -> file.endsWith(digest)).findFirst().orElseThrow();
    }
  }

  @Test
  @Order(7)
  void aVersionThatNobodyHasSignedIsLoadedByNobodyAnyMore() throws Exception {
    Path keys = Path.of("src", "test", "resources", "signing");
    sign.signing(
        new Signing(
            Signing.Mode.REQUIRE,
            List.of(new Signing.PublicKey("team", Files.readString(keys.resolve("sec1.pub"))))));
    Model unsigned = sign.await(Model.class, m -> "Failed".equals(m.getStatus().phase()));
    assertThat(unsigned.getStatus().health())
        .hasSize(4)
        .extracting(VersionHealth::fault)
        .containsOnly("SignatureMissing");
    assertThat(unsigned.getStatus().newest()).isNull();

    processes(SERVER + " predict").forEach(ProcessHandle::destroyForcibly);
    await()
        .atMost(LIMIT)
        .until(
            () ->
                client().pods().inNamespace("default").list().getItems().stream()
                    .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                    .map(container -> String.valueOf(container.getLastState()))
                    .anyMatch(end -> end.contains("SignatureMissing")));

    assertThat(
            ModelCommand.of(Path.of(".."))
                .execute(
                    "sign",
                    "sign",
                    "--version=4",
                    "--key=" + keys.resolve("sec1.pem"),
                    "--dir=" + folder.root()))
        .isZero();

    Model signed = sign.await(Model.class, m -> m.getStatus().newest() != null);
    assertThat(signed.getStatus().newest().number()).isEqualTo(4);
    assertThat(signed.getStatus().health().get(0).signature().signer()).isEqualTo("team");
    assertThat(signed.getStatus().phase()).as("others are not signed").isEqualTo("Degraded");
    String endpoint = sign.await(ModelDeployment.class, d -> true).getStatus().endpoint();
    Inference caller = new Inference(URI.create(endpoint), "sign");
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> caller.infer(List.of(row(1))), Objects::nonNull);

    sign.signing(null);
    sign.await(Model.class, m -> "Ready".equals(m.getStatus().phase()));
  }

  @Test
  @Order(8)
  void aDeletedDeploymentEndsItsProcesses() {
    assertThat(processes(SERVER)).isNotEmpty();

    client().resources(ModelDeployment.class).inNamespace("default").withName("sign").delete();

    await().atMost(LIMIT).until(() -> processes(SERVER).isEmpty());
    await()
        .atMost(LIMIT)
        .until(
            () -> client().apps().deployments().inNamespace("default").list().getItems().isEmpty());
  }

  /** Classes out of a CSV file, and every default. */
  @Test
  @Order(9)
  void theSmallestExampleWorksToo() throws Exception {
    DemoResult result =
        demo(Path.of("..", "examples", "iris"), new PrintStream(PrintStream.nullOutputStream()))
            .run();

    assertThat(result.phase()).isEqualTo("Stable");
    assertThat(result.metrics().get("accuracy").value()).isGreaterThan(0.85);
  }

  @Test
  @Order(9)
  void aVersionsReportIsFetched() throws IOException {
    Path report = directory.resolve("report.html");
    CommandLine command = ModelCommand.of(Path.of(".."));
    String where = "--dir=" + folder.root();

    assertThat(command.execute("report", "iris", where, "-o", report.toString())).isZero();
    assertThat(report)
        .content()
        .startsWith("<!DOCTYPE html>")
        .contains("Learnt from iris/1", "<td>virginica</td>", "petal_length");
    assertThat(command.execute("show", "iris", where, "--version", "1")).isZero();
    assertThat(command.execute("show", "iris", where, "--version", "2")).isEqualTo(1);
  }

  @Test
  @Order(10)
  void anAliasAndAVerificationGoTheWayOfAnybodysCommands() {
    CommandLine command = ModelCommand.of(Path.of(".."));
    String where = "--dir=" + folder.root();

    assertThat(command.execute("alias", "sign", "champion", "99", where)).isEqualTo(1);
    assertThat(command.execute("alias", "sign", "champion", "2", where)).isZero();
    Model named =
        sign.await(
            Model.class,
            m -> m.getStatus().aliases() != null && !m.getStatus().aliases().isEmpty());
    assertThat(named.getStatus().aliases().get(0).now().version()).isEqualTo(2);
    assertThat(command.execute("verify", "sign", where)).isZero();
    assertThat(command.execute("reproduce", "sign", "--version=2", where)).isZero();
    Model reproduced = sign.await(Model.class, m -> m.getStatus().reproduction() != null);
    assertThat(reproduced.getStatus().reproduction().verdict()).isEqualTo(Reproduction.IDENTICAL);
    assertThat(command.execute("alias", "sign", "champion", where)).isZero();
    assertThat(command.execute("alias", "sign", "champion", "2", "--remove", where)).isEqualTo(1);
    assertThat(command.execute("alias", "sign", "champion", "--remove", where)).isZero();
    assertThat(command.execute("alias", "sign", "champion", where)).isEqualTo(1);
  }

  @Test
  @Order(11)
  void versionsThatNobodyUsesAreMarkedAndKeptAgainWhenTheyHaveAName() {
    CommandLine command = ModelCommand.of(Path.of(".."));
    String where = "--dir=" + folder.root();
    sign.change(
        Model.class,
        model -> {
          ModelSpec old = model.getSpec();
          model.setSpec(
              new ModelSpec(
                  old.listedVersions(),
                  old.golden(),
                  old.verification(),
                  old.aliases(),
                  new Retention(1, null, 1, null),
                  old.signing()));
          return model;
        });
    sign.await(Model.class, m -> List.of(1, 2, 3).equals(marked(m)));

    assertThat(command.execute("alias", "sign", "champion", "2", where)).isZero();

    Model kept = sign.await(Model.class, m -> List.of(1, 3).equals(marked(m)));
    assertThat(kept.getStatus().versionCount()).isEqualTo(4);
    assertThat(kept.getStatus().retention().nextAt()).isAfter(Instant.now());
    assertThat(command.execute("show", "sign", where)).isZero();
  }

  private static List<Integer> marked(Model model) {
    return model.getStatus().retention() == null ? null : model.getStatus().retention().marked();
  }

  /** The second time the job learns from the jar that it pins, though it is the same class. */
  @Test
  @Order(12)
  void aJarIsPushedAndWhatBecomesOfItIsFollowed() throws IOException {
    String where = "--dir=" + folder.root();
    Path jar = UserJar.write(directory, "Pushed");
    client()
        .resources(TrainingJob.class)
        .inNamespace("default")
        .withName("sign")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"network\": null, \"features\": null,"
                + " \"code\": {\"jar\": \"code/none.jar\", \"className\": \"user.Pushed\"}}}");

    CommandLine push = new CommandLine(new PushCommand(Path.of("..")));
    assertThat(push.execute(jar.toString(), "--to=sign", "--class=user.Other", where)).isEqualTo(1);
    assertThat(push.execute(jar.toString(), "--to=sign", where)).isZero();

    TrainingJob pinned = sign.await(TrainingJob.class, job -> true);
    assertThat(pinned.getSpec().code().sha256()).isEqualTo(Digests.sha256(jar));
    assertThat(TrainingCommand.of(Path.of("..")).execute("watch", "sign", where)).isZero();
  }

  /** The golden cases expect them by name, the gates bound metrics of several labels. */
  @Test
  @Order(12)
  void severalLabelsGoFromFilesToPredictions() throws Exception {
    Path example = Files.createDirectory(directory.resolve("labels"));
    Tiny.write("labels", example);
    Path shown = directory.resolve("labels.txt");
    DemoResult result;
    try (PrintStream out = new PrintStream(shown.toFile(), StandardCharsets.UTF_8)) {
      result = demo(example, out).run();
    }

    assertThat(result.phase()).isEqualTo("Stable");
    assertThat(result.metrics())
        .containsOnlyKeys(
            "logLoss", "macroAuc", "macroF1", "microF1", "hammingLoss", "subsetAccuracy");
    assertThat(shown).content().contains("P(positive)", "positive?", "P(far)", "far?");
    Path report = directory.resolve("labels.html");
    CommandLine command = ModelCommand.of(Path.of(".."));
    String where = "--dir=" + folder.root();
    assertThat(command.execute("report", "labels", where, "-o", report.toString())).isZero();
    assertThat(report).content().contains("<h2>Labels</h2>", "ROC: far");
    assertThat(command.execute("show", "labels", where)).isZero();
    assertThat(command.execute("verify", "labels", where)).isZero();
    assertThat(command.execute("reproduce", "labels", "--version=1", where)).isZero();
  }

  private static Demo demo(PrintStream out) throws IOException, DemoFailure {
    return demo(directory, out);
  }

  private static Demo demo(Path example, PrintStream out) throws IOException, DemoFailure {
    return new Demo(
        place,
        Example.read(example),
        new Progress(out, false),
        new Stopwatch(),
        new Follower(place, Follower.in(LIMIT)));
  }

  private static KubernetesClient client() {
    return cluster.client();
  }

  private static String generations() {
    return client().resources(TrainingJob.class).inNamespace("default").list().getItems().stream()
            .map(job -> job.getMetadata().getResourceVersion())
            .toList()
        + client()
            .resources(ModelDeployment.class)
            .inNamespace("default")
            .list()
            .getItems()
            .stream()
            .map(job -> job.getMetadata().getGeneration())
            .toList()
            .toString();
  }

  /** Of this cluster: other tests of this JVM may have one of their own. */
  private static List<ProcessHandle> processes(String mainClass) {
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .filter(process -> isOurs(process.info().commandLine().orElse(""), mainClass))
        .toList();
  }

  private static boolean isOurs(String commandLine, String mainClass) {
    return commandLine.contains(mainClass) && commandLine.contains(folder.root().toString());
  }
}
