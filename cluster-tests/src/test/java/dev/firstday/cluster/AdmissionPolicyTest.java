package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart's policies refuse, or warn of, before a real API server. */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
@Isolated("the CRDs belong to one installation at a time")
class AdmissionPolicyTest {
  private static final String ID = UUID.randomUUID().toString().substring(0, 8);
  private static final String NAMESPACE = "fd-policy-" + ID;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final Kubectl KUBECTL = new Kubectl(NAMESPACE);

  @BeforeAll
  static void makeNamespace() {
    Namespaces.make(CLIENT, NAMESPACE, Map.of("policy-of", ID));
    KUBECTL.run("apply", "--server-side", "--force-conflicts", "-f", "../crds/yaml");
  }

  @AfterAll
  static void end() {
    apply("delete", policies("Deny"), "--ignore-not-found");
    CLIENT.namespaces().withName(NAMESPACE).delete();
    CLIENT.close();
  }

  @Test
  void aPolicyRefusesWhatAnAdministratorForbids() {
    Kubectl.Result result = apply("apply", policies("Deny"));
    assertThat(result.code()).as(result.output()).isZero();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(attempt(dataset("other", "2Gi"))).contains("denied"));
    assertThat(attempt(dataset("other", "2Gi")))
        .contains("only files of the namespace, or of these buckets, may be read here: ours");
    assertThat(attempt(dataset("ours", null)))
        .contains("spec.resources.limits.memory: this cluster asks for a limit of memory");
    assertThat(attempt(dataset("ours", "2Gi"))).contains("created (server dry run)");
    assertThat(attempt(training(null))).contains("spec.code.sha256");
    assertThat(attempt(training("a".repeat(64)))).contains("created (server dry run)");
    assertThat(attempt(beginning("s3://other/x.zip"))).contains("or of these buckets");
    assertThat(attempt(beginning("s3://ours/x.zip"))).contains("created (server dry run)");
  }

  /** A policy that comes later must not keep a resource from being commanded, or from going. */
  @Test
  void whatWasThereBeforeThePolicyIsAnnotatedAndDeletedAsItIs() {
    withoutPolicies();
    String before = dataset("other", null).replace("name: flights", "name: before");
    assertThat(apply("create", before).code()).isZero();
    assertThat(apply("apply", policies("Deny")).code()).isZero();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(attempt(dataset("other", null))).contains("denied"));

    String annotate = KUBECTL.run("annotate", "dataset/before", "firstday.dev/refresh=now");
    assertThat(annotate).contains("annotated");
    assertThat(
            KUBECTL.attempt(
                "patch",
                "dataset/before",
                "--type=merge",
                "-p",
                "{\"spec\":{\"transform\":\"SELECT 1 FROM a\"}}"))
        .satisfies(refused -> assertThat(refused.output()).contains("denied"));
    assertThat(KUBECTL.run("delete", "dataset/before", "--cascade=foreground")).contains("deleted");
  }

  /**
   * The Job controller takes its finalizer from a pod whose image is that of the release before.
   */
  @Test
  void aPodOfTheReleaseBeforeEndsAsItBegan() {
    withoutPolicies();
    String before = pod("firstday", "firstday/trainer:0.0.9", "false", "");
    assertThat(
            apply(
                    "create",
                    before.replace(
                        "\"labels\"", "\"finalizers\": [\"firstday.dev/test\"], \"labels\""))
                .code())
        .isZero();
    assertThat(apply("apply", policies("Deny")).code()).isZero();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(attempt(before.replace("\"p\"", "\"q\""))).contains("run one of"));

    assertThat(
            KUBECTL.run(
                "patch", "pod/p", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}"))
        .contains("patched");
    assertThat(KUBECTL.run("delete", "pod/p", "--now")).contains("deleted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "firstday | firstday/trainer@sha256:D | false | -         | created (server dry run)",
        "firstday | evil/trainer@sha256:D     | false | -         | run one of firstday/trainer@sha256:",
        "firstday | firstday/server:TAG       | false | -         | asks for images by digest",
        "firstday | firstday/trainer@sha256:D | true  | -         | automountServiceAccountToken is false",
        "firstday | firstday/trainer@sha256:D | -     | -         | automountServiceAccountToken is false",
        "firstday | firstday/trainer@sha256:D | false | sts.amazonaws.com | created (server dry run)",
        "firstday | firstday/trainer@sha256:D | false | vault     | admissionPolicy.tokenAudiences",
        "firstday | firstday/trainer@sha256:D | false | ''        | admissionPolicy.tokenAudiences",
        "firstday | mesh@sha256:D             | false | -         | created (server dry run)",
        "someone  | evil/trainer:latest       | true  | -         | created (server dry run)",
      })
  void aPolicyRefusesPodsThatOnlySayThatTheyAreOurs(
      String manager, String image, String token, String audience, String says) {
    assertThat(apply("apply", policies("Deny")).code()).isZero();
    String volumes =
        audience == null
            ? ""
            : """
            , "volumes": [{"name": "token", "projected": {"sources": [{"serviceAccountToken": {"path": "t"%s}}]}}]"""
                .formatted(audience.isEmpty() ? "" : ", \"audience\": \"" + audience + "\"");
    String pod = pod(manager, image, token, volumes);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(attempt(pod)).contains(says));
  }

  /** Somebody looks at what would be refused before anything is: it is let through, and said. */
  @Test
  void aPolicyThatAuditsLetsThroughAndSaysWhatItWouldRefuse() {
    withoutPolicies();
    assertThat(apply("apply", policies("Audit")).code()).isZero();
    assertThat(
            KUBECTL.run(
                "get",
                "validatingadmissionpolicybindings",
                "--selector=app.kubernetes.io/instance=firstday-" + ID,
                "--output=jsonpath={.items[*].spec.validationActions}"))
        .isEqualTo("[\"Audit\",\"Warn\"] [\"Audit\",\"Warn\"]");
    isLetThrough(dataset("other", "2Gi"), "only files of the namespace, or of these buckets");
    isLetThrough(dataset("ours", null), "this cluster asks for a limit of memory");
    isLetThrough(training(null), "this cluster asks for the digest of a jar");
    isLetThrough(
        pod("firstday", "evil/trainer@sha256:D", "false", ""), "run one of firstday/trainer");
    isLetThrough(pod("firstday", "firstday/server:TAG", "false", ""), "asks for images by digest");
    isLetThrough(
        pod("firstday", "firstday/trainer@sha256:D", "true", ""),
        "automountServiceAccountToken is false");
    assertThat(attempt(dataset("ours", "2Gi"))).doesNotContain("Warning");
    withoutPolicies();
  }

  /** With a warning in the words in which it would be refused. */
  private static void isLetThrough(String resource, String warning) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(attempt(resource))
                    .contains(
                        "Warning: Validation failed for ValidatingAdmissionPolicy 'firstday-" + ID)
                    .contains(warning)
                    .contains("created (server dry run)"));
  }

  private static String pod(String manager, String image, String token, String more) {
    return """
    {"apiVersion": "v1", "kind": "Pod",
     "metadata": {"name": "p", "labels": {"app.kubernetes.io/managed-by": "%s"}},
     "spec": {%s "containers": [{"name": "c", "image": "%s"}]%s}}
    """
        .formatted(
            manager,
            token == null ? "" : "\"automountServiceAccountToken\": " + token + ",",
            image.replace("sha256:D", "sha256:" + digest()).replace("TAG", Charts.VERSION),
            more);
  }

  /** The policies alone, for this test's namespace alone. */
  private static String policies(String action) {
    Map<String, Object> values = new TreeMap<>();
    values.put("storage.bucket", "models");
    values.put("admissionPolicy.enabled", true);
    values.put("admissionPolicy.action", action);
    values.put("admissionPolicy.requireMemoryLimit", true);
    values.put("admissionPolicy.extraImages[0]", "mesh@sha256:" + digest());
    values.put("admissionPolicy.buckets[0]", "ours");
    values.put("admissionPolicy.requireImageDigest", true);
    values.put("admissionPolicy.namespaceSelector.matchLabels.policy-of", ID);
    values.put("images.trainer.digest", "sha256:" + digest());
    return Stream.of(Charts.yaml("firstday-" + ID, NAMESPACE, values).split("(?m)^---$"))
        .filter(document -> document.contains("kind: ValidatingAdmissionPolicy"))
        .collect(Collectors.joining("---\n"));
  }

  /** Of the tests before. */
  private static void withoutPolicies() {
    assertThat(apply("delete", policies("Deny"), "--ignore-not-found").code()).isZero();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(attempt(dataset("other", null))).contains("created"));
  }

  private static String digest() {
    return "d".repeat(64);
  }

  private static String attempt(String resource) {
    return apply("apply", resource, "--dry-run=server").output();
  }

  private static Kubectl.Result apply(String verb, String yaml, String... more) {
    return KUBECTL.attempt(
        yaml, Stream.concat(Stream.of(verb, "-f", "-"), Stream.of(more)).toList());
  }

  private static String dataset(String bucket, String memory) {
    return """
    apiVersion: firstday.dev/v1alpha1
    kind: Dataset
    metadata: {name: flights}
    spec:
      source: {files: [{name: a, uri: "s3://%s/x.csv"}, {name: b, uri: own/*.csv}]}
      transform: SELECT * FROM a
      columns: [{name: x, type: DOUBLE}, {name: late, type: BOOLEAN, role: label}]
      split: {hash: {columns: [x], validationPercent: 20}}
      %s
    """
        .formatted(bucket, memory == null ? "" : "resources: {limits: {memory: " + memory + "}}");
  }

  private static String training(String digest) {
    return trainingWith(
        "code: {jar: code/model.jar, className: a.B%s}"
            .formatted(digest == null ? "" : ", sha256: " + digest));
  }

  /** A TrainingJob whose network begins with a file. */
  private static String beginning(String file) {
    return trainingWith("network: {from: {file: \"%s\"}}".formatted(file));
  }

  private static String trainingWith(String network) {
    return """
    apiVersion: firstday.dev/v1alpha1
    kind: TrainingJob
    metadata: {name: late}
    spec:
      dataset: {name: flights}
      model: late
      epochs: 1
      gates: [{metric: logLoss, mustBeatBaselineBy: 0}]
      resources: {limits: {memory: 1Gi}}
      %s
    """
        .formatted(network);
  }
}
