package dev.firstday.cluster;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.UpgradeCommand;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Firstday on a real cluster, as its chart installs it, with an S3 in a pod and one tenant. All in
 * namespaces of its own, at whose Pod Security level {@code restricted} every pod must pass; but
 * the CRDs are the cluster's, so that no two classes may have one at the same time.
 */
final class Installation implements AutoCloseable {
  private static final String RELEASE = "firstday";
  private static final int TIMEOUT_SECONDS = 180;
  private static final Pattern REQUEST =
      Pattern.compile("^request from (\\S+): ", Pattern.MULTILINE);

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final String tenant = "fd-" + UUID.randomUUID().toString().substring(0, 8);
  private final String system = tenant + "-system";
  private final Kubectl kubectl = new Kubectl(tenant);
  private final TestS3 s3;

  /**
   * @throws IllegalStateException when something does not come up; what there is to see is printed
   */
  Installation() {
    makeNamespace(system);
    makeNamespace(tenant);
    try {
      s3 = TestS3.start(client, system);
      makeSecret();
      adoptCrds();
      install();
    } catch (RuntimeException e) {
      // of whatever kind: what stays behind takes the processors of the tests to come
      Diagnostics.print(systemKubectl());
      deleteNamespaces();
      throw e;
    }
  }

  KubernetesClient client() {
    return client;
  }

  /** The tenant's namespace. */
  String tenant() {
    return tenant;
  }

  /** For the tenant's namespace. */
  Kubectl kubectl() {
    return kubectl;
  }

  /** For the operator's namespace. */
  Kubectl systemKubectl() {
    return new Kubectl(system);
  }

  /** Puts the folder's files where a {@code uri} without s3:// finds them. */
  void upload(Path folder, String below) {
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(
          file -> s3.put("%s/files/%s/%s".formatted(tenant, below, file.getFileName()), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many objects of the tenant S3 holds, below what it uploaded and beside it. */
  long storedObjects() {
    return s3.count(tenant + "/");
  }

  /** The addresses of all who have sent S3 a request. */
  Set<String> callersOfS3() {
    return REQUEST
        .matcher(systemKubectl().run("logs", "s3", "--tail=-1"))
        .results()
        .map(line -> line.group(1))
        .collect(Collectors.toSet());
  }

  List<String> operatorAddresses() {
    return pods("app.kubernetes.io/component", "operator")
        .map(pod -> pod.getStatus().getPodIP())
        .toList();
  }

  /** The process dies as in a crash; Kubernetes starts another. */
  void killOperator() {
    systemKubectl()
        .run(
            "delete",
            "pod",
            "--selector=app.kubernetes.io/component=operator",
            "--grace-period=0",
            "--force");
  }

  /** Until one runs that was not killed. */
  void awaitOperator() {
    client
        .pods()
        .inNamespace(system)
        .withLabel("app.kubernetes.io/component", "operator")
        .waitUntilReady(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /** As they run on this machine. */
  List<ProcessHandle> s3Processes() {
    return processes("app", "s3");
  }

  /** Nobody can connect to it, and who was connected is so no more. */
  void takeS3Away() {
    s3.leadTo("nowhere");
    Node.kill(s3Processes());
  }

  void bringS3Back() {
    s3.leadTo("s3");
  }

  private List<ProcessHandle> processes(String label, String value) {
    return pods(label, value)
        .flatMap(pod -> Node.processesOf(pod.getMetadata().getUid()).stream())
        .toList();
  }

  private Stream<Pod> pods(String label, String value) {
    return client.pods().inNamespace(system).withLabel(label, value).list().getItems().stream();
  }

  @Override
  public void close() {
    s3.close();
    Helm.uninstall(RELEASE).withNamespace(system).withKubeConfig(kubeconfig()).call();
    deleteNamespaces();
    client.close();
  }

  private void deleteNamespaces() {
    client.namespaces().withName(tenant).delete();
    client.namespaces().withName(system).delete();
  }

  private void makeNamespace(String name) {
    Namespaces.make(client, name, Map.of("pod-security.kubernetes.io/enforce", "restricted"));
  }

  private void makeSecret() {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("firstday-s3")
                .withNamespace(tenant)
                .endMetadata()
                .withStringData(
                    Map.of(
                        "AWS_ACCESS_KEY_ID", TestS3.KEY_ID, "AWS_SECRET_ACCESS_KEY", TestS3.SECRET))
                .build())
        .create();
  }

  /**
   * CRDs stay when a release goes, and Helm takes over only what is marked as the release's. Names
   * no version of theirs: the API server writes their status when it likes.
   */
  private void adoptCrds() {
    String marks =
        """
        {"metadata": {
          "labels": {"app.kubernetes.io/managed-by": "Helm"},
          "annotations": {
            "meta.helm.sh/release-name": "%s",
            "meta.helm.sh/release-namespace": "%s"}}}
        """
            .formatted(RELEASE, system);
    var crds = client.apiextensions().v1().customResourceDefinitions();
    crds.list().getItems().stream()
        .filter(crd -> crd.getSpec().getGroup().equals("firstday.dev"))
        .forEach(
            crd ->
                crds.withName(crd.getMetadata().getName())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), marks));
  }

  private void install() {
    release().install().set("watchNamespaces[0]", tenant).call();
  }

  /** Every namespace is watched from now on, as the chart does by default. */
  void watchTheWholeCluster() {
    try {
      release().call();
    } catch (IllegalStateException e) {
      Diagnostics.print(systemKubectl());
      throw e;
    }
  }

  /** The operator may write routes of the Gateway API from now on. */
  void allowGatewayRoutes() {
    release().set("watchNamespaces[0]", tenant).set("gatewayAPI.enabled", "true").call();
  }

  /**
   * To a release with other images, as far as anybody can tell: the same ones by their full names.
   *
   * @return how those names begin
   */
  String upgrade() {
    String registry = "docker.io/";
    UpgradeCommand upgrade = release().set("watchNamespaces[0]", tenant);
    for (String image : List.of("operator", "trainer", "server")) {
      upgrade.set("images.%s.repository".formatted(image), registry + "firstday/" + image);
    }
    upgrade.call();
    return registry;
  }

  /**
   * {@code helm test}.
   *
   * @throws IllegalStateException when it fails
   */
  void test() {
    Helm.test(RELEASE)
        .withNamespace(system)
        .withKubeConfig(kubeconfig())
        .withTimeout(TIMEOUT_SECONDS)
        .call();
  }

  /** The release with these values and no others, whatever it had before. */
  private UpgradeCommand release() {
    return new Helm(Charts.DIRECTORY)
        .upgrade()
        .withName(RELEASE)
        .withNamespace(system)
        .withKubeConfig(kubeconfig())
        .resetValues()
        .set("storage.endpoint", s3.endpoint())
        .set("storage.bucket", TestS3.BUCKET)
        .waitReady()
        .withTimeout(TIMEOUT_SECONDS);
  }

  private static Path kubeconfig() {
    return Path.of(System.getenv("KUBECONFIG"));
  }
}
