package dev.firstday.cli.why;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.TrainingJob;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Optional;

/** All resources of a namespace, those that cannot be read too. */
record World(
    List<Dataset> datasets,
    List<TrainingJob> trainings,
    List<Model> models,
    List<ModelDeployment> deployments) {

  /**
   * @throws CommandFailure when the API server does not say
   */
  static World of(Cluster cluster) throws CommandFailure {
    return new World(
        cluster.all(Dataset.class),
        cluster.all(TrainingJob.class),
        cluster.all(Model.class),
        cluster.all(ModelDeployment.class));
  }

  Optional<Dataset> dataset(String name) {
    return named(datasets, name);
  }

  Optional<Model> model(String name) {
    return named(models, name);
  }

  /** The jobs whose versions the model gets. */
  List<TrainingJob> trainingsOf(String model) {
    return trainings.stream()
        .filter(job -> job.getSpec() != null && model.equals(job.getSpec().model()))
        .toList();
  }

  /** The jobs of which nobody knows whose versions they make. */
  List<TrainingJob> unreadTrainings() {
    return trainings.stream().filter(job -> job.getSpec() == null).toList();
  }

  private static <R extends CustomResource<?, ?>> Optional<R> named(List<R> all, String name) {
    return all.stream().filter(r -> name.equals(r.getMetadata().getName())).findFirst();
  }
}
