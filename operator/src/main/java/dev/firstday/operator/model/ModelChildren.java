package dev.firstday.operator.model;

import dev.firstday.api.Errand;
import dev.firstday.api.Model;
import dev.firstday.api.WorkerResources;
import dev.firstday.contract.Run;
import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.operator.kube.Owner;
import dev.firstday.operator.worker.Placement;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.WorkerConfig;
import dev.firstday.operator.worker.WorkerJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;

/** The Job of an errand. */
final class ModelChildren {
  private static final long DEADLINE_SECONDS = 3600;

  private ModelChildren() {}

  /**
   * @param listing what an inventory lists
   * @param pins what a sweep leaves alone
   */
  static Job job(
      Model model,
      Errand errand,
      RunOrder order,
      String name,
      Listing listing,
      Pins pins,
      WorkerConfig config) {
    return WorkerJob.of(
        Owner.of(model),
        order,
        name,
        run(model, errand, order.uid(), listing, pins),
        switch (errand.kind()) {
          case INVENTORY, RETENTION, EVALUATION, REPRODUCTION ->
              Placement.anywhere(resources(model), DEADLINE_SECONDS, config);
          case INSPECTION ->
              Placement.ofServer(Run.Inspect.VERB, resources(model), DEADLINE_SECONDS, config);
        },
        config);
  }

  private static WorkerResources resources(Model model) {
    return model.getSpec().verification() == null
        ? null
        : model.getSpec().verification().resources();
  }

  private static Run run(Model model, Errand errand, String uid, Listing listing, Pins pins) {
    String namespace = model.getMetadata().getNamespace();
    String name = model.getMetadata().getName();
    return switch (errand.kind()) {
      case INVENTORY ->
          new Run.Inventory(uid, namespace, name, listing.newest(), List.copyOf(listing.also()));
      case INSPECTION ->
          new Run.Inspect(uid, namespace, name, errand.versions(), model.getSpec().signing());
      case RETENTION ->
          new Run.Sweep(
              uid, namespace, name, model.getSpec().retention(), List.copyOf(pins.numbers()));
      case REPRODUCTION -> new Run.Reproduce(uid, namespace, name, errand.versions().get(0));
      case EVALUATION ->
          new Run.Evaluate(
              uid,
              namespace,
              name,
              errand.versions(),
              new DatasetVersionReference(
                  errand.data().name(), errand.data().number(), errand.data().digest()),
              model.getSpec().verification() == null
                  ? null
                  : model.getSpec().verification().maxDrop());
    };
  }
}
