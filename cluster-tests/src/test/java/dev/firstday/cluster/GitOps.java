package dev.firstday.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What the repository has that Argo CD syncs from. */
final class GitOps {
  /** A TrainingJob waits for its Model, so that this one is in the wave before. */
  private static final List<String> WAVES = List.of("Dataset Model", "TrainingJob", "Deployment");

  private static final List<String> FLIGHTS =
      List.of("dataset.yaml", "model.yaml", "trainingjob.yaml", "deployment.yaml");

  static final int LISTED_VERSIONS = 5;

  /** Folders with what goes wrong, or is suspended. */
  static final List<String> FAULTS =
      List.of("refused", "missing-bucket", "failed-training", "suspended", "suspended-at-birth");

  private GitOps() {}

  /** The flights example as it is, below an overlay of kustomize, and as a chart of Helm. */
  static void writeFlights(GitRepository repository) {
    for (String file : FLIGHTS) {
      String text = read(Flights.EXAMPLE.resolve(file));
      repository.write("flights/plain/" + file, text);
      repository.write("flights/base/" + file, text);
      repository.write("flights/helm/templates/" + file, text);
    }
    repository.write(
        "flights/base/kustomization.yaml",
        "resources: [%s]\n".formatted(String.join(", ", FLIGHTS)));
    // kustomize takes every kind Deployment for the one of apps
    repository.write(
        "flights/kustomize/kustomization.yaml",
        """
        resources: [../base]
        replicas: [{name: late-arrival, count: 2}]
        images: [{name: firstday/server, newName: elsewhere/server, newTag: v9}]
        labels: [{pairs: {app.kubernetes.io/instance: flights, team: planning}}]
        """);
    repository.write("flights/helm/Chart.yaml", "apiVersion: v2\nname: flights\nversion: 0.1.0\n");
  }

  /**
   * The irises by another name: data set, model, training and Deployment, in waves.
   *
   * @param approval whether somebody has to approve a new version; without it nobody has to call
   *     either
   */
  static void writeIrises(GitRepository repository, String name, int seed, boolean approval) {
    write(repository, name, "Dataset", spec -> {});
    write(repository, name, "Model", spec -> spec.put("listedVersions", LISTED_VERSIONS));
    write(
        repository,
        name,
        "TrainingJob",
        spec -> {
          spec.withObject("/dataset").put("name", name);
          spec.put("model", name).put("seed", seed);
        });
    write(
        repository,
        name,
        "Deployment",
        spec -> {
          spec.put("model", name);
          ArrayNode steps = spec.putObject("rollout").putArray("steps");
          if (approval) {
            steps.addObject().put("weight", 50).put("requireApproval", true);
          }
        });
  }

  /** One resource of the irises in a folder of its own. */
  private static void write(
      GitRepository repository, String name, String kind, Consumer<ObjectNode> change) {
    ObjectNode resource =
        Serialization.unmarshal(Irises.variant(kind, name, change), ObjectNode.class);
    for (int wave = 0; wave < WAVES.size(); wave++) {
      if (WAVES.get(wave).contains(kind)) {
        resource
            .withObject("/metadata")
            .putObject("annotations")
            .put("argocd.argoproj.io/sync-wave", Integer.toString(wave));
      }
    }
    repository.write(
        "%s/%s.yaml".formatted(name, kind.toLowerCase(Locale.ROOT)),
        Serialization.asYaml(resource));
  }

  /** Those that go wrong, each in a folder of its own, and what is suspended. */
  static void writeFaults(GitRepository repository, String dataset) {
    write(
        repository,
        "refused",
        "Dataset",
        spec ->
            spec.putArray("checks")
                .addObject()
                .put("metric", "rowCount")
                .put("mustBeGreaterThan", 1_000_000));
    write(
        repository,
        "refused",
        "TrainingJob",
        spec -> spec.withObject("/dataset").put("name", "refused"));
    write(
        repository,
        "missing-bucket",
        "Dataset",
        spec ->
            spec.at("/source/files")
                .forEach(file -> ((ObjectNode) file).put("uri", "s3://no-such-bucket/iris/*.csv")));
    write(
        repository,
        "failed-training",
        "TrainingJob",
        spec -> {
          spec.withObject("/dataset").put("name", dataset);
          spec.put("model", dataset).put("epochs", 1);
          spec.putArray("gates")
              .addObject()
              .put("metric", "logLoss")
              .put("mustBeAtMost", 0.000_001);
        });
    write(repository, "suspended", "Dataset", spec -> spec.put("suspend", true));
    // nothing of what it waits for will come
    write(
        repository,
        "suspended-at-birth",
        "Deployment",
        spec -> spec.put("model", "not-there").put("suspend", true));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
