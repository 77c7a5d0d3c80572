package dev.firstday.cli.why;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.TrainingJob;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/** All resources of a namespace. */
record World(
    List<Dataset> datasets,
    List<TrainingJob> trainings,
    List<Model> models,
    List<ModelDeployment> deployments) {

  /**
   * @throws CommandFailure when the API server does not say
   */
  static World of(Cluster cluster) throws CommandFailure {
    try {
      return new World(
          all(cluster, Dataset.class),
          all(cluster, TrainingJob.class),
          all(cluster, Model.class),
          all(cluster, ModelDeployment.class));
    } catch (KubernetesClientException e) {
      throw cluster.away(e);
    }
  }

  private static <R extends CustomResource<?, ?>> List<R> all(Cluster cluster, Class<R> kind) {
    return cluster.client().resources(kind).inNamespace(cluster.namespace()).list().getItems();
  }

  Optional<Dataset> dataset(String name) {
    return named(datasets, name);
  }

  Optional<Model> model(String name) {
    return named(models, name);
  }

  /** The jobs whose versions the model gets. */
  List<TrainingJob> trainingsOf(String model) {
    return trainings.stream().filter(job -> model.equals(job.getSpec().model())).toList();
  }

  private static <R extends CustomResource<?, ?>> Optional<R> named(List<R> all, String name) {
    return all.stream().filter(r -> name.equals(r.getMetadata().getName())).findFirst();
  }
}
