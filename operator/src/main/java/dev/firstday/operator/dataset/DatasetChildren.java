package dev.firstday.operator.dataset;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.contract.Run;
import dev.firstday.operator.kube.Owner;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.WorkerConfig;
import dev.firstday.operator.worker.WorkerJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;

/** The Job that builds a version. */
final class DatasetChildren {
  /** A snapshot that takes longer is stuck. */
  private static final long DEADLINE_SECONDS = 4 * 3600;

  private DatasetChildren() {}

  static Job job(Dataset dataset, RunOrder order, String name, WorkerConfig config) {
    DatasetSpec spec = dataset.getSpec();
    Run run =
        new Run.Snapshot(
            order.uid(),
            dataset.getMetadata().getNamespace(),
            dataset.getMetadata().getName(),
            spec.recipe(),
            DatasetStatus.RefreshTrigger.SPEC,
            null,
            null,
            List.of(),
            spec.retention());
    return WorkerJob.of(
        Owner.of(dataset),
        order,
        name,
        run,
        new WorkerJob.Placement(spec.resources(), Map.of(), List.of(), DEADLINE_SECONDS),
        config);
  }
}
