package dev.firstday.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Firstday;
import dev.firstday.cli.apiserver.ApiServer;
import dev.firstday.cli.apiserver.InMemoryServer;
import dev.firstday.cli.local.LocalCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A resource that this release cannot read, as one stored under CRDs that let any integer pass,
 * keeps commands from nothing but itself.
 */
class UnreadableTest {
  private static final String ODD_JOB = "TrainingJob odd cannot be read: spec.dataset.version: ";
  private static final String ODD_DEPLOYMENT = "Deployment odd cannot be read: spec.version: ";

  private static final Map<String, List<String>> RESOURCES =
      Map.of(
          "datasets",
          List.of(
              """
              {"kind": "Dataset", "metadata": {"name": "flights"},
               "spec": {"source": {"files": [{"name": "flights", "uri": "flights/*.parquet"}]},
                "transform": "SELECT * FROM flights",
                "columns": [{"name": "carrier", "type": "VARCHAR"},
                 {"name": "late", "type": "BOOLEAN", "role": "label"}],
                "split": {"hash": {"columns": ["carrier"], "validationPercent": 20}}}}
              """),
          "trainingjobs",
          List.of(job("good", 3), job("odd", 99_999_999_999L)),
          "models",
          List.of(
              "{\"kind\": \"Model\", \"metadata\": {\"name\": \"late-arrival\"}, \"spec\": {}}"),
          "modeldeployments",
          List.of(deployment("good", 3), deployment("odd", 99_999_999_999L)),
          "readinesstests",
          List.of("{\"kind\": \"ReadinessTest\", \"metadata\": {\"name\": \"readiness\"}}"));

  @TempDir private static Path folder;
  private static ApiServer server;

  @BeforeAll
  static void store() throws IOException {
    server = InMemoryServer.start();
    server.kubeconfig(folder.resolve("kubeconfig"));
    try (KubernetesClient client = LocalCluster.client(server.url())) {
      for (var kind : Firstday.KINDS) {
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .load(new ByteArrayInputStream(older(HasMetadata.getFullResourceName(kind))))
            .create();
      }
      RESOURCES.forEach(
          (plural, resources) ->
              resources.forEach(
                  resource ->
                      client.raw(
                          "/apis/%s/%s/namespaces/default/%s"
                              .formatted(Firstday.GROUP, Firstday.VERSION, plural),
                          "POST",
                          "{\"apiVersion\": \"%s/%s\", %s"
                              .formatted(
                                  Firstday.GROUP,
                                  Firstday.VERSION,
                                  resource.strip().substring(1)))));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void allOthersAreShown() throws Exception {
    assertThat(run("model", "show", "late-arrival"))
        .returns(0, Said::code)
        .extracting(Said::text)
        .asString()
        .contains("late-arrival", ODD_JOB, ODD_DEPLOYMENT);
    assertThat(run("rollout", "status", "good")).returns(0, Said::code);
    assertThat(run("readiness")).returns(0, Said::code);
    assertThat(run("training", "watch", "god"))
        .returns(1, Said::code)
        .extracting(Said::text)
        .asString()
        .contains("did you mean good?", "it has good, odd");
  }

  @Test
  void theChainOfOthersIsToldAndThatOneMayBelongToIt() throws Exception {
    assertThat(run("why", "deployment/good"))
        .returns(0, Said::code)
        .extracting(Said::text)
        .asString()
        .contains("Model late-arrival", "TrainingJob good", "Dataset flights", ODD_JOB)
        .doesNotContain("Deployment odd");
  }

  @Test
  void ofItselfItIsSaidWhyItCannotBeRead() throws Exception {
    assertThat(run("rollout", "status", "odd"))
        .returns(1, Said::code)
        .extracting(Said::text)
        .asString()
        .startsWith("firstday rollout status: " + ODD_DEPLOYMENT)
        .contains("99999999999")
        .endsWith("; correct it\n");
    assertThat(run("why", "tj/odd"))
        .returns(0, Said::code)
        .extracting(Said::text)
        .asString()
        .startsWith("TrainingJob odd is stopped.")
        .contains("it cannot be read: spec.dataset.version: ", "kubectl get trainingjobs");
  }

  private static String job(String name, long version) {
    return """
    {"kind": "TrainingJob", "metadata": {"name": "%s"},
     "spec": {"dataset": {"name": "flights", "version": %d}, "model": "late-arrival", "epochs": 1,
      "network": {"layers": [{"units": 4}]},
      "gates": [{"metric": "logLoss", "mustBeatBaselineBy": 0}]}}
    """
        .formatted(name, version)
        .strip();
  }

  private static String deployment(String name, long version) {
    return """
    {"kind": "Deployment", "metadata": {"name": "%s"},
     "spec": {"model": "late-arrival", "version": %d}}
    """
        .formatted(name, version)
        .strip();
  }

  /** As before integers had bounds. */
  private static byte[] older(String crd) throws IOException {
    try (InputStream yaml =
        UnreadableTest.class.getResourceAsStream("/crds/%s.yaml".formatted(crd))) {
      return new String(yaml.readAllBytes(), StandardCharsets.UTF_8)
          .replaceAll("(?m)^ *maximum: 2147483647\n", "")
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  private static Said run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }

  /**
   * @param text of both outputs
   */
  private record Said(int code, String text) {}
}
