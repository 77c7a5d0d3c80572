package dev.firstday.operator.dataset;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.contract.Run;
import dev.firstday.operator.kube.Owner;
import dev.firstday.operator.worker.Placement;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.WorkerConfig;
import dev.firstday.operator.worker.WorkerJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/** The Job that builds a version. */
final class DatasetChildren {
  /** A snapshot that takes longer is stuck. */
  private static final long DEADLINE_SECONDS = 4 * 3600;

  private DatasetChildren() {}

  static Job job(
      Dataset dataset,
      RunOrder order,
      Turn turn,
      String name,
      DatasetObservation seen,
      WorkerConfig config) {
    return WorkerJob.of(
        Owner.of(dataset),
        order,
        name,
        run(dataset, order, turn, seen),
        Placement.anywhere(dataset.getSpec().resources(), DEADLINE_SECONDS, config),
        config);
  }

  /** All that decides the outcome. */
  static Run.Snapshot run(Dataset dataset, RunOrder order, Turn turn, DatasetObservation seen) {
    DatasetSpec spec = dataset.getSpec();
    String name = dataset.getMetadata().getName();
    Versions versions = Versions.of(dataset.getStatus());
    return new Run.Snapshot(
        order.uid(),
        dataset.getMetadata().getNamespace(),
        name,
        spec.recipe(),
        turn.trigger(),
        reference(name, versions.latest()),
        reference(name, versions.numbered(seen.pins().deployed()).orElse(null)),
        seen.pins().numbers(),
        // what is not known to be unused is kept
        seen.pins().areComplete() ? spec.retention() : null);
  }

  private static Run.DatasetVersionReference reference(String name, DatasetStatus.Version version) {
    return version == null
        ? null
        : new Run.DatasetVersionReference(name, version.number(), version.digest());
  }
}
