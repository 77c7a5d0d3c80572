package dev.firstday.operator.model;

import dev.firstday.api.Model;
import dev.firstday.contract.Run;
import dev.firstday.operator.kube.Owner;
import dev.firstday.operator.worker.Placement;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.WorkerConfig;
import dev.firstday.operator.worker.WorkerJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/** The Job that lists what S3 holds of a model. */
final class ModelChildren {
  private static final long DEADLINE_SECONDS = 600;

  private ModelChildren() {}

  static Job job(Model model, RunOrder order, String name, int limit, WorkerConfig config) {
    Run run =
        new Run.Inventory(
            order.uid(), model.getMetadata().getNamespace(), model.getMetadata().getName(), limit);
    return WorkerJob.of(
        Owner.of(model),
        order,
        name,
        run,
        Placement.anywhere(null, DEADLINE_SECONDS, config),
        config);
  }
}
