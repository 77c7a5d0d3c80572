package dev.firstday.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firstday.api.ModelDeployment;
import dev.firstday.cli.apiserver.ApiServer;
import dev.firstday.cli.apiserver.InMemoryServer;
import dev.firstday.cli.apiserver.Kubectl;
import dev.firstday.cli.local.LocalCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo makes of resources that are there already. */
class ApplicationTest {
  private static final String DEPLOYMENT =
      """
      apiVersion: firstday.dev/v1alpha1
      kind: Deployment
      metadata: {name: sign}
      spec: {model: sign, %s, rollout: {steps: []}}
      """;

  @TempDir private Path folder;
  private ApiServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() throws IOException {
    server = InMemoryServer.start();
    client = LocalCluster.client(server.url());
    try (InputStream definition =
        getClass().getResourceAsStream("/crds/modeldeployments.firstday.dev.yaml")) {
      client.apiextensions().v1().customResourceDefinitions().load(definition).create();
    }
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void anEditedExampleIsAppliedAgain() throws Exception {
    Application application = new Application(client, "default");
    application.apply(deployment("track: newest, replicas: 2"));

    assertThat(application.apply(deployment("track: newest"))).isEmpty();
    assertThat(there().getSpec().replicas()).isNull();
    assertThat(there().getMetadata().getGeneration()).isEqualTo(2);
    assertThat(application.apply(deployment("track: newest"))).isEmpty();
    assertThat(there().getMetadata().getGeneration()).isEqualTo(2);
  }

  @Test
  void whatAPersonHasEditedStaysAndIsSaidToStay() throws Exception {
    assumeTrue(Kubectl.isInstalled(), "there is no kubectl on the PATH");
    Application application = new Application(client, "default");
    application.apply(deployment("track: newest"));
    Kubectl kubectl = new Kubectl(folder, server);

    // as the page for users says, and without a warning: the demo leaves what kubectl needs
    assertThat(
            kubectl.run("apply", "-f", kubectl.file("it.yaml", DEPLOYMENT.formatted("version: 1"))))
        .isEqualTo(new Kubectl.Output(0, "deployment.firstday.dev/sign configured", ""));
    assertThat(there().getSpec().track()).isNull();

    assertThat(application.apply(deployment("track: newest")))
        .hasValueSatisfying(
            hint ->
                assertThat(hint)
                    .startsWith("Deployment sign stays as it is: kubectl-client-side-apply has"));
    assertThat(there().getSpec().version()).isEqualTo(1);
  }

  private ModelDeployment there() {
    return client.resources(ModelDeployment.class).inNamespace("default").withName("sign").get();
  }

  private static GenericKubernetesResource deployment(String track) {
    return Serialization.unmarshal(DEPLOYMENT.formatted(track), GenericKubernetesResource.class);
  }
}
