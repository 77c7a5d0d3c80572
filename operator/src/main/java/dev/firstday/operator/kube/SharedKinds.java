package dev.firstday.operator.kube;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.TrainingJob;

/** The kinds that more than their own controllers look at. */
public record SharedKinds(
    SharedKind<Dataset> datasets,
    SharedKind<TrainingJob> trainings,
    SharedKind<Model> models,
    SharedKind<ModelDeployment> deployments) {

  /** Whether all in the namespace that may refer to versions can be read, and so heeded. */
  public boolean areReadable(String namespace) {
    return !trainings.hasUnreadable(namespace)
        && !models.hasUnreadable(namespace)
        && !deployments.hasUnreadable(namespace);
  }

  /** Those of one operator. */
  public static SharedKinds create() {
    return new SharedKinds(
        new SharedKind<>(Dataset.class),
        new SharedKind<>(TrainingJob.class),
        new SharedKind<>(Model.class),
        new SharedKind<>(ModelDeployment.class));
  }
}
