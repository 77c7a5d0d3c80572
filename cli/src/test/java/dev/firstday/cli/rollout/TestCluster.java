package dev.firstday.cli.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.cli.apiserver.ApiServer;
import dev.firstday.cli.apiserver.InMemoryServer;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.local.LocalCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An API server with Deployments on it, whose statuses a test writes in the operator's place. */
final class TestCluster implements AutoCloseable {
  static final String NAME = "late-arrival";

  private final AtomicInteger namespaces = new AtomicInteger();
  private final ApiServer server;
  private final KubernetesClient client;

  private TestCluster(ApiServer server) {
    this.server = server;
    this.client = LocalCluster.client(server.url());
  }

  static TestCluster start() throws IOException {
    TestCluster cluster = new TestCluster(InMemoryServer.start());
    for (String kind : List.of("modeldeployments", "models", "trainingjobs")) {
      try (InputStream definition =
          TestCluster.class.getResourceAsStream("/crds/" + kind + ".firstday.dev.yaml")) {
        cluster.client.apiextensions().v1().customResourceDefinitions().load(definition).create();
      }
    }
    return cluster;
  }

  /** A namespace of its own, with the Deployment in a state that a golden file has. */
  Place with(String golden) throws IOException {
    String namespace = "test-" + namespaces.incrementAndGet();
    client
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    ModelDeployment deployment = Golden.deployment(golden);
    deployment.getMetadata().setNamespace(namespace);
    deployment.getMetadata().setAnnotations(Map.of("example.com/other", "stays"));
    client.resource(deployment).create();
    Place place = new Place(new Cluster(client, namespace));
    if (deployment.getStatus() != null) {
      place.become(golden);
    }
    return place;
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }

  /** A namespace with one Deployment. */
  record Place(Cluster cluster) {

    ModelDeployment deployment() {
      return resource().get();
    }

    String annotation() {
      return deployment().getMetadata().getAnnotations().get(Firstday.ROLLOUT_ANNOTATION);
    }

    /** Sets the annotation, as kubectl does. */
    void ask(String command) {
      resource()
          .edit(
              deployment -> {
                deployment.getMetadata().getAnnotations().put(Firstday.ROLLOUT_ANNOTATION, command);
                return deployment;
              });
    }

    /** Writes the status of a golden file, as of the present generation. */
    void become(String golden) throws IOException {
      ObjectNode status =
          Serialization.unmarshal(
              Serialization.asJson(Golden.deployment(golden).getStatus()), ObjectNode.class);
      long generation = deployment().getMetadata().getGeneration();
      long goldens = status.path("observedGeneration").asLong();
      status.put("observedGeneration", generation);
      for (JsonNode rejection : status.path("rejected")) {
        if (rejection.path("generation").asLong() == goldens) {
          ((ObjectNode) rejection).put("generation", generation);
        }
      }
      ModelDeploymentStatus next =
          Serialization.unmarshal(status.toString(), ModelDeploymentStatus.class);
      resource()
          .editStatus(
              deployment -> {
                deployment.setStatus(next);
                return deployment;
              });
    }

    /** Answers the command that the annotation has, in the operator's place. */
    void answer(boolean obeyed, String result) {
      ObjectNode patch = Json.object();
      patch
          .putObject("status")
          .putObject("rollout")
          .put("command", annotation())
          .put("commandObeyed", obeyed)
          .put("commandResult", result);
      resource()
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
    }

    /** Writes the Deployment's Model, with a status that lists and has inspected such versions. */
    void model(String status) {
      Model model =
          Serialization.unmarshal(
              "metadata: {name: late-arrival}\nspec: {}\nstatus: " + status, Model.class);
      Resource<Model> there = cluster.resource(Model.class, NAME);
      if (there.get() == null) {
        model.getMetadata().setNamespace(cluster.namespace());
        cluster.client().resource(model).create();
      }
      there.editStatus(
          seen -> {
            seen.setStatus(model.getStatus());
            return seen;
          });
    }

    void delete() {
      resource().delete();
    }

    private Resource<ModelDeployment> resource() {
      return cluster.resource(ModelDeployment.class, NAME);
    }
  }
}
