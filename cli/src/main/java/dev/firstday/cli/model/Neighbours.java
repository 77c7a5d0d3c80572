package dev.firstday.cli.model;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus.Previous;
import dev.firstday.api.ModelDeploymentStatus.Target;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJob;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.terminal.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The resources of a model's namespace that its versions come from and go to. */
record Neighbours(
    List<Dataset> datasets, List<TrainingJob> jobs, List<ModelDeployment> deployments) {

  /**
   * @param note gets a line about each that cannot be read, and may be a neighbour or not
   * @throws CommandFailure when the API server does not say
   */
  static Neighbours of(Cluster cluster, String model, Consumer<String> note) throws CommandFailure {
    return new Neighbours(
        cluster.readable(Dataset.class, note),
        cluster.readable(TrainingJob.class, note).stream()
            .filter(job -> model.equals(job.getSpec().model()))
            .toList(),
        cluster.readable(ModelDeployment.class, note).stream()
            .filter(deployment -> model.equals(deployment.getSpec().model()))
            .toList());
  }

  /** What Deployments do with a version, as {@code stable in late-arrival}. */
  List<String> uses(ModelVersion version) {
    List<String> uses = new ArrayList<>();
    for (ModelDeployment deployment : deployments) {
      if (deployment.getStatus() != null) {
        String name = deployment.getMetadata().getName();
        add(uses, "stable in " + name, deployment.getStatus().stable(), version);
        add(uses, "candidate in " + name, deployment.getStatus().candidate(), version);
        if (mayComeBack(version, deployment.getStatus().previous())) {
          uses.add("may come back in " + name);
        }
      }
    }
    return uses;
  }

  private static boolean mayComeBack(ModelVersion version, List<Previous> previous) {
    return previous != null
        && previous.stream().anyMatch(former -> version.digest().equals(former.digest()));
  }

  private static void add(List<String> uses, String words, Target target, ModelVersion version) {
    if (target != null && version.digest().equals(target.digest())) {
      uses.add(words);
    }
  }

  /** The job whose last run recorded the version; its spec may have changed since others were. */
  Optional<String> jobOf(ModelVersion version) {
    return jobs.stream()
        .filter(job -> job.getStatus() != null && job.getStatus().run() != null)
        .filter(job -> version.runUid().equals(job.getStatus().run().uid()))
        .map(job -> job.getMetadata().getName())
        .findFirst();
  }

  /**
   * @param version as flights/3
   */
  Optional<DatasetStatus.Version> datasetVersion(String version) {
    return datasets.stream()
        .filter(dataset -> dataset.getStatus() != null)
        .flatMap(
            dataset ->
                listed(dataset.getStatus())
                    .filter(
                        listed ->
                            version.equals(
                                dataset.getMetadata().getName() + "/" + listed.number())))
        .findFirst();
  }

  private static Stream<DatasetStatus.Version> listed(DatasetStatus status) {
    return Stream.concat(
        Stream.ofNullable(status.latest()),
        status.versions() == null ? Stream.empty() : status.versions().stream());
  }
}
