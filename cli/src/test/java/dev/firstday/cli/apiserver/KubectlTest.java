package dev.firstday.cli.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubectlTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String PROBE =
      """
      apiVersion: apiserver.firstday.test/v1
      kind: Probe
      metadata: {name: %s, labels: {team: %s}}
      spec: {name: abc, replicas: %d}
      """;

  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: work}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: c, image: "i:1", ports: [{containerPort: 80}]}]}
      """;

  @TempDir static Path folder;
  private static RunningServer running;
  private static Kubectl kubectl;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Kubectl.isInstalled(), "there is no kubectl on the PATH");
    running = RunningServer.inMemory();
    kubectl = new Kubectl(folder, running.server());
  }

  @AfterAll
  static void stop() throws IOException {
    if (running != null) {
      running.close();
    }
  }

  @Test
  void appliesAndSaysWhatChanged() throws Exception {
    String file = kubectl.file("apply.yaml", PROBE.formatted("applied", "x", 1));
    String name = "probe.apiserver.firstday.test/applied";
    assertThat(ok("apply", "-f", file)).isEqualTo(name + " created");
    assertThat(ok("apply", "-f", file)).isEqualTo(name + " unchanged");
    kubectl.file("apply.yaml", PROBE.formatted("applied", "z", 2));
    assertThat(ok("apply", "-f", file)).isEqualTo(name + " configured");
    assertThat(
            ok(
                "get",
                "probe",
                "applied",
                "-o",
                "jsonpath={.metadata.generation} {.metadata.labels.team}"))
        .isEqualTo("2 z");
    assertThat(ok("apply", "--server-side", "--force-conflicts", "-f", file))
        .isEqualTo(name + " serverside-applied");
  }

  @Test
  void refusesWhatTheSchemaDoesNotKnowOrAllow() throws Exception {
    String unknown =
        kubectl.file("unknown.yaml", PROBE.formatted("unknown", "x", 1) + "bogus: 1\n");
    assertThat(failed("apply", "-f", unknown))
        .contains("strict decoding error: unknown field \"bogus\"");
    String invalid = kubectl.file("invalid.yaml", PROBE.formatted("invalid", "x", 77));
    assertThat(failed("apply", "-f", invalid))
        .isEqualTo(
            "The Probe \"invalid\" is invalid: spec.replicas: Invalid value: 77: spec.replicas in"
                + " body should be less than or equal to 9");
    assertThat(failed("get", "probe", "nothing"))
        .isEqualTo(
            "Error from server (NotFound): probes.apiserver.firstday.test \"nothing\" not found");
  }

  @Test
  void printsTheColumnsOfTheDefinition() throws Exception {
    apply(PROBE.formatted("columns", "columns", 3));
    ok(
        "patch",
        "probe",
        "columns",
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"phase\":\"Going\",\"observedGeneration\":1,\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\",\"reason\":\"NotYet\"}]}}");
    assertThat(ok("get", "probe", "-l", "team in (columns,other)"))
        .matches("(?s)NAME +PHASE +REPLICAS +READY +AGE\\ncolumns +Going +3 +False +\\d+s");
    assertThat(ok("get", "prb", "columns", "-o", "wide"))
        .matches(
            "(?s)NAME +PHASE +REPLICAS +READY +REASON +AGE\\n"
                + "columns +Going +3 +False +NotYet +\\d+s");
    assertThat(ok("get", "probing", "-A", "-l", "team=columns")).contains("default     columns");
    assertThat(ok("get", "probe", "columns", "-o", "name"))
        .isEqualTo("probe.apiserver.firstday.test/columns");
    assertThat(ok("get", "probe", "-l", "team notin (columns),team", "-o", "name"))
        .doesNotContain("columns");
    assertThat(ok("describe", "probe", "columns"))
        .contains("Phase:                Going")
        .contains("Events:");
  }

  @Test
  void waitsAndWatches() throws Exception {
    Path watched = folder.resolve("watched");
    Process watch = kubectl.start(watched, "get", "probe", "-w", "-l", "team=watched");
    try {
      apply(PROBE.formatted("watched", "watched", 1));
      await().atMost(LONG).until(() -> Files.readString(watched).contains("watched"));
      ok(
          "patch",
          "probe",
          "watched",
          "--subresource=status",
          "--type=merge",
          "-p",
          "{\"status\":{\"phase\":\"Done\",\"observedGeneration\":1,\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
      assertThat(ok("wait", "probe/watched", "--for=condition=Ready", "--timeout=60s"))
          .isEqualTo("probe.apiserver.firstday.test/watched condition met");
      await().atMost(LONG).until(() -> Files.readString(watched).contains("Done"));
      assertThat(Files.readString(watched)).startsWith("NAME").containsOnlyOnce("NAME");
    } finally {
      watch.destroy();
    }
    assertThat(ok("delete", "probe", "watched"))
        .startsWith("probe.apiserver.firstday.test \"watched\" deleted");
  }

  @Test
  void changesBitByBit() throws Exception {
    apply(PROBE.formatted("bits", "x", 1));
    String name = "probe.apiserver.firstday.test/bits";
    assertThat(ok("label", "probe", "bits", "a=b")).isEqualTo(name + " labeled");
    assertThat(ok("annotate", "probe", "bits", "c=d")).isEqualTo(name + " annotated");
    assertThat(
            ok(
                "patch",
                "probe",
                "bits",
                "--type=json",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":4}]"))
        .isEqualTo(name + " patched");
    assertThat(ok("scale", "probe", "bits", "--replicas=6")).isEqualTo(name + " scaled");
    assertThat(
            ok(
                "get",
                "probe",
                "bits",
                "-o",
                "jsonpath={.metadata.labels.a}{.metadata.annotations.c}{.spec.replicas}"))
        .isEqualTo("bd6");
  }

  @Test
  void showsADifferenceWithoutMakingIt() throws Exception {
    String file = kubectl.file("diff.yaml", PROBE.formatted("differs", "x", 1));
    ok("apply", "-f", file);
    assertThat(kubectl.run("diff", "-f", file).code()).isZero();
    kubectl.file("diff.yaml", PROBE.formatted("differs", "x", 2));
    Kubectl.Output diff = kubectl.run("diff", "-f", file);
    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.out()).contains("-  replicas: 1").contains("+  replicas: 2");
    assertThat(
            ok("get", "probe", "differs", "-o", "jsonpath={.spec.replicas}{.metadata.generation}"))
        .isEqualTo("11");
  }

  @Test
  void explainsFromTheSchema() throws Exception {
    assertThat(ok("explain", "probe.spec.name"))
        .contains("KIND:       Probe")
        .contains("FIELD: name <string>")
        .contains("Its name.");
    assertThat(ok("explain", "probe.spec")).contains("enum: fast, slow").contains("-required-");
    assertThat(ok("explain", "pods.spec.containers")).contains("image\t<string>");
    assertThat(ok("api-resources", "--api-group=apiserver.firstday.test")).contains("prb");
  }

  @Test
  void showsWorkloads() throws Exception {
    apply(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: work}
        ---
        %s
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: work}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: once, namespace: work}
        spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: "i:1"}]}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web-1, namespace: work, labels: {app: web}}
        spec: {nodeName: local, containers: [{name: c, image: "i:1"}]}
        """
            .formatted(WEB.strip()));
    ok(
        "patch",
        "pod",
        "web-1",
        "-n",
        "work",
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"phase\":\"Running\",\"podIP\":\"127.77.0.1\",\"containerStatuses\":[{\"name\":\"c\",\"image\":\"i:1\",\"imageID\":\"\",\"ready\":true,\"restartCount\":2,\"state\":{\"running\":{}}}]}}");
    String all = ok("get", "all", "-n", "work");
    assertThat(all).containsPattern("pod/web-1 +1/1 +Running +2 ");
    assertThat(all)
        .containsPattern("service/web +ClusterIP +127\\.88\\.\\d+\\.\\d+ +<none> +80/TCP ");
    assertThat(all).containsPattern("deployment.apps/web +0/1 +0 +0 ");
    assertThat(all).containsPattern("job.batch/once +Running +0/1 ");

    Path log = Path.of("target", "logs", "work", "web-1", "c.log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "one\ntwo\nthree\n");
    assertThat(ok("logs", "-n", "work", "web-1")).isEqualTo("one\ntwo\nthree");
    assertThat(ok("logs", "-n", "work", "web-1", "--tail=2")).isEqualTo("two\nthree");
    assertThat(ok("describe", "pod", "web-1", "-n", "work"))
        .contains("IP:               127.77.0.1");

    String deployment = kubectl.file("web.yaml", WEB);
    assertThat(ok("apply", "-f", deployment)).isEqualTo("deployment.apps/web unchanged");
    ok("set", "image", "deployment/web", "c=i:2", "-n", "work");
    assertThat(
            ok(
                "get",
                "deployment",
                "web",
                "-n",
                "work",
                "-o",
                "jsonpath={.spec.template.spec.containers[*].image}"))
        .isEqualTo("i:2");
    ok("delete", "pod", "web-1", "-n", "work", "--force", "--grace-period=0");
    assertThat(ok("delete", "namespace", "work")).startsWith("namespace \"work\" deleted");
  }

  @Test
  void createsWithoutAFile() throws Exception {
    assertThat(ok("auth", "can-i", "create", "pods")).isEqualTo("yes");
    assertThat(ok("create", "configmap", "made", "--from-literal=a=b"))
        .isEqualTo("configmap/made created");
    assertThat(ok("get", "configmap", "made", "-o", "jsonpath={.data.a}")).isEqualTo("b");
    assertThat(ok("create", "secret", "generic", "made", "--from-literal=a=b"))
        .isEqualTo("secret/made created");
    assertThat(ok("get", "secret", "made", "-o", "jsonpath={.data.a}")).isEqualTo("Yg==");
    assertThat(ok("create", "namespace", "made")).isEqualTo("namespace/made created");
  }

  private static void apply(String yaml) throws IOException, InterruptedException {
    ok("apply", "-f", kubectl.file("applied-" + Math.abs(yaml.hashCode()) + ".yaml", yaml));
  }

  private static String ok(String... arguments) throws IOException, InterruptedException {
    Kubectl.Output output = kubectl.run(arguments);
    assertThat(output.code()).as("%s", output).isZero();
    return output.out();
  }

  private static String failed(String... arguments) throws IOException, InterruptedException {
    Kubectl.Output output = kubectl.run(arguments);
    assertThat(output.code()).as("%s", output).isNotZero();
    return output.err();
  }
}
