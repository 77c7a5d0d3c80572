package dev.firstday.operator.trainingjob;

import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.contract.Run;
import dev.firstday.operator.kube.Owner;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.WorkerConfig;
import dev.firstday.operator.worker.WorkerJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The Job that trains. */
final class TrainingJobChildren {
  private static final int BATCH_SIZE = 256;
  private static final long SEED = 1;
  private static final long DEADLINE_SECONDS = 3600;
  private static final long CHECKPOINT_SECONDS = 300;

  private TrainingJobChildren() {}

  static Job job(
      TrainingJob training,
      RunOrder order,
      String name,
      Run.DatasetVersionReference dataset,
      WorkerConfig config) {
    TrainingJobSpec spec = training.getSpec();
    return WorkerJob.of(
        Owner.of(training),
        order,
        name,
        run(training, order, dataset),
        new WorkerJob.Placement(
            spec.resources(),
            Objects.requireNonNullElse(spec.nodeSelector(), Map.of()),
            Objects.requireNonNullElse(spec.tolerations(), List.of()),
            Objects.requireNonNullElse(spec.deadlineSeconds(), DEADLINE_SECONDS)),
        config);
  }

  /** All that decides the outcome. */
  static Run run(TrainingJob training, RunOrder order, Run.DatasetVersionReference dataset) {
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
        spec.epochs(),
        Objects.requireNonNullElse(spec.batchSize(), BATCH_SIZE),
        Objects.requireNonNullElse(spec.seed(), SEED),
        spec.earlyStopping(),
        spec.gates(),
        Objects.requireNonNullElse(spec.checkpointSeconds(), CHECKPOINT_SECONDS));
  }
}
