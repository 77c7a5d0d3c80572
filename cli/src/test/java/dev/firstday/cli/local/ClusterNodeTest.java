package dev.firstday.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The controllers and the kubelet with real processes; the API server is Fabric8's mock. */
@EnableKubernetesMockClient(crud = true, https = false)
class ClusterNodeTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern PID = Pattern.compile("pid (\\d+)");

  KubernetesClient client;
  @TempDir Path root;
  private LocalFolder folder;
  private ClusterNode node;

  @BeforeEach
  void start() {
    folder = new LocalFolder(root);
    node = startNode();
  }

  private ClusterNode startNode() {
    Image sample =
        new Image(
            SampleProgram.class.getName(),
            System.getProperty("java.class.path"),
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
            Map.of("ANSWER", "from the image"),
            32);
    return ClusterNode.start(
        client,
        new Images(Map.of("test/sample", sample)),
        folder,
        new LoopbackAddresses("127.77", root.toString()),
        new StorageSecrets(
            new ObjectStorage.Access("http://127.0.0.1:1", "b", "r", "", "id", "secret")),
        Clock.systemUTC());
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
  }

  @Test
  void aJobEndsWithItsPodsLastWords() {
    create(job("answer", "exit", "0", "all is well"));

    await().atMost(LIMIT).until(() -> condition("answer", "Complete").isPresent());

    var ended = terminated(onlyPod());
    assertThat(ended.getMessage()).isEqualTo("all is well");
    assertThat(ended.getExitCode()).isZero();
    assertThat(ended.getReason()).isEqualTo("Completed");
    assertThat(onlyPod().getMetadata().getLabels()).containsEntry("job-name", "answer");
  }

  @Test
  void aJobWhoseProcessIsKilledFails() throws IOException {
    create(job("lost", "wait"));
    long pid = awaitPid();

    ProcessHandle.of(pid).orElseThrow().destroyForcibly();

    await().atMost(LIMIT).until(() -> condition("lost", "Failed").isPresent());
    assertThat(condition("lost", "Failed").orElseThrow().getReason())
        .isEqualTo("BackoffLimitExceeded");
    assertThat(terminated(onlyPod()).getExitCode()).isEqualTo(137);
  }

  @Test
  void aDeletedJobTakesItsProcessAlong() throws IOException {
    Job job = create(job("gone", "wait"));
    long pid = awaitPid();

    client.batch().v1().jobs().resource(job).delete();

    awaitEnd(pid);
    await().atMost(LIMIT).until(() -> pods().isEmpty());
    assertThat(Files.list(folder.pods())).isEmpty();
  }

  @Test
  void anOverdueJobFailsAndItsProcessEnds() throws IOException {
    Job job = job("slow", "wait");
    job.getSpec().setActiveDeadlineSeconds(2L);
    create(job);
    long pid = awaitPid();

    await().atMost(LIMIT).until(() -> condition("slow", "Failed").isPresent());

    assertThat(condition("slow", "Failed").orElseThrow().getReason()).isEqualTo("DeadlineExceeded");
    awaitEnd(pid);
  }

  @Test
  void anOverduePodFailsAndSaysSo() throws IOException {
    Job job = job("slow", "wait");
    job.getSpec().getTemplate().getSpec().setActiveDeadlineSeconds(2L);
    create(job);
    long pid = awaitPid();

    await().atMost(LIMIT).until(() -> condition("slow", "Failed").isPresent());

    assertThat(onlyPod().getStatus().getPhase()).isEqualTo("Failed");
    assertThat(onlyPod().getStatus().getReason()).isEqualTo("DeadlineExceeded");
    awaitEnd(pid);
  }

  @Test
  void aNodeThatStopsEndsItsProcessesAndTheNextOneSaysSo() throws IOException {
    create(job("interrupted", "wait"));
    long pid = awaitPid();

    node.close();
    awaitEnd(pid);
    node = startNode();

    await().atMost(LIMIT).until(() -> condition("interrupted", "Failed").isPresent());
    assertThat(onlyPod().getStatus().getReason()).isEqualTo("NodeLost");
  }

  @Test
  void anUnknownImageIsNamed() {
    Job job = job("stranger", "wait");
    job.getSpec().getTemplate().getSpec().getContainers().get(0).setImage("nginx:1");
    create(job);

    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              var waiting =
                  onlyPod().getStatus().getContainerStatuses().get(0).getState().getWaiting();
              assertThat(waiting.getReason()).isEqualTo("ErrImagePull");
              assertThat(waiting.getMessage()).contains("test/sample").contains("nginx:1");
            });
  }

  @Test
  void aServiceLeadsToTheNewPodsAfterAnUpdateWithoutAGap() throws Exception {
    client
        .services()
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("test")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withClusterIP("127.88.99.7")
                .withSelector(Map.of("app", "web"))
                .addNewPort()
                .withPort(18080)
                .withTargetPort(new IntOrString("http"))
                .endPort()
                .endSpec()
                .build())
        .create();
    deploy("first");
    await().atMost(LIMIT).ignoreExceptions().until(() -> ask().equals("first"));

    deploy("second");

    await()
        .atMost(LIMIT)
        .until(
            () -> {
              String answer = ask();
              assertThat(answer).isIn("first", "second");
              return answer.equals("second");
            });
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              var status = client.apps().deployments().withName("web").get().getStatus();
              assertThat(status.getReplicas()).isEqualTo(1);
              assertThat(status.getReadyReplicas()).isEqualTo(1);
              assertThat(pods()).hasSize(1);
            });
    long pid = awaitPid();
    client.apps().deployments().withName("web").delete();
    awaitEnd(pid);
  }

  @Test
  void aCrashedServerIsStartedAgain() throws Exception {
    deploy("again");
    long pid = awaitPid();
    await().atMost(LIMIT).until(() -> Pods.isReady(onlyPod()));

    ProcessHandle.of(pid).orElseThrow().destroyForcibly();

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              var container = onlyPod().getStatus().getContainerStatuses().get(0);
              assertThat(container.getRestartCount()).isEqualTo(1);
              assertThat(container.getReady()).isTrue();
              assertThat(container.getLastState().getTerminated().getExitCode()).isEqualTo(137);
            });
    String name = onlyPod().getMetadata().getName();
    assertThat(folder.podLog("test", name, true)).content().contains("pid " + pid);
  }

  @Test
  void everyNamespaceGetsTheStoragesCredentials() {
    client
        .namespaces()
        .resource(new NamespaceBuilder().withNewMetadata().withName("team").endMetadata().build())
        .create();

    await()
        .atMost(LIMIT)
        .until(
            () -> client.secrets().inNamespace("team").withName(StorageSecrets.NAME).get() != null);
  }

  private void deploy(String answer) {
    var container =
        new ContainerBuilder(container("serve"))
            .addNewEnv()
            .withName("ANSWER")
            .withValue(answer)
            .endEnv()
            .addNewEnv()
            .withName("FIRSTDAY_BIND_ADDRESS")
            .withNewValueFrom()
            .withNewFieldRef()
            .withFieldPath("status.podIP")
            .endFieldRef()
            .endValueFrom()
            .endEnv()
            .addNewPort()
            .withName("http")
            .withContainerPort(8080)
            .endPort()
            .withNewReadinessProbe()
            .withNewHttpGet()
            .withPath("/")
            .withPort(new IntOrString("http"))
            .endHttpGet()
            .endReadinessProbe()
            .build();
    client
        .apps()
        .deployments()
        .resource(
            new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("test")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", "web"))
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(5L)
                .withContainers(container)
                .endSpec()
                .endTemplate()
                .endSpec()
                .build())
        .createOr(existing -> existing.update());
  }

  private static String ask() throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.88.99.7:18080/")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static Job job(String name, String... arguments) {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace("test")
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withNewTemplate()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withContainers(container(arguments))
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static Container container(String... arguments) {
    return new ContainerBuilder()
        .withName("main")
        .withImage("registry.example:5000/test/sample:1")
        .withArgs(arguments)
        .build();
  }

  private Job create(Job job) {
    return client.batch().v1().jobs().resource(job).create();
  }

  private Optional<JobCondition> condition(String job, String type) {
    var status = client.batch().v1().jobs().inNamespace("test").withName(job).get().getStatus();
    return status == null
        ? Optional.empty()
        : status.getConditions().stream().filter(c -> c.getType().equals(type)).findFirst();
  }

  private List<Pod> pods() {
    return client.pods().inNamespace("test").list().getItems();
  }

  private Pod onlyPod() {
    assertThat(pods()).hasSize(1);
    return pods().get(0);
  }

  private static io.fabric8.kubernetes.api.model.ContainerStateTerminated terminated(Pod pod) {
    return pod.getStatus().getContainerStatuses().get(0).getState().getTerminated();
  }

  private long awaitPid() throws IOException {
    await().atMost(LIMIT).until(() -> pods().size() == 1);
    Path log = folder.podLog("test", onlyPod().getMetadata().getName(), false);
    await()
        .atMost(LIMIT)
        .until(() -> Files.exists(log) && PID.matcher(Files.readString(log)).find());
    Matcher matcher = PID.matcher(Files.readString(log));
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static void awaitEnd(long pid) {
    await()
        .atMost(LIMIT)
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }
}
