package dev.firstday.operator.trainingjob;

import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.contract.Run;
import dev.firstday.operator.kube.Owner;
import dev.firstday.operator.worker.Placement;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.WorkerConfig;
import dev.firstday.operator.worker.WorkerJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The Job that trains. */
final class TrainingJobChildren {
  private TrainingJobChildren() {}

  static Job job(
      TrainingJob training,
      Settings settings,
      RunOrder order,
      String name,
      Run.DatasetVersionReference dataset,
      WorkerConfig config) {
    TrainingJobSpec spec = training.getSpec();
    return WorkerJob.of(
        Owner.of(training),
        order,
        name,
        run(training, settings, order, dataset),
        new Placement(
            settings.image(),
            List.of(),
            spec.resources(),
            Objects.requireNonNullElse(spec.nodeSelector(), Map.of()),
            Objects.requireNonNullElse(spec.tolerations(), List.of()),
            Objects.requireNonNullElse(spec.affinity(), Map.of()),
            spec.priorityClassName(),
            settings.queue(),
            settings.deadlineSeconds()),
        config);
  }

  /** All that decides the outcome. */
  static Run run(
      TrainingJob training,
      Settings settings,
      RunOrder order,
      Run.DatasetVersionReference dataset) {
    TrainingJobSpec spec = training.getSpec();
    return new Run.Train(
        order.uid(),
        training.getMetadata().getNamespace(),
        training.getMetadata().getName(),
        spec.model(),
        dataset,
        Objects.requireNonNullElse(spec.features(), List.of()),
        spec.network(),
        spec.code(),
        spec.classWeights(),
        spec.epochs(),
        settings.batchSize(),
        settings.seed(),
        spec.earlyStopping(),
        spec.gates(),
        spec.evaluation(),
        settings.checkpointSeconds());
  }
}
