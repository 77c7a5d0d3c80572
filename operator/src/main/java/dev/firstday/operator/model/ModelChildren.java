package dev.firstday.operator.model;

import dev.firstday.api.Errand;
import dev.firstday.api.GoldenCase;
import dev.firstday.api.Model;
import dev.firstday.api.VersionHealth;
import dev.firstday.api.WorkerResources;
import dev.firstday.contract.Run;
import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.operator.kube.Owner;
import dev.firstday.operator.worker.Placement;
import dev.firstday.operator.worker.RunDocument;
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
      case INSPECTION -> inspection(model, errand, uid);
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

  /**
   * Golden cases decide whether a version is ready for the first time. Those that are written later
   * are about later versions, and about what a rollout tries: what is served stays ready. More of
   * them than a pod can be given are left to the rollout altogether.
   */
  private static Run inspection(Model model, Errand errand, String uid) {
    Health health = Health.of(model.getStatus());
    List<String> admitted =
        errand.versions().stream()
            .map(Errand.Subject::digest)
            .filter(digest -> health.of(digest).filter(VersionHealth::passed).isPresent())
            .toList();
    Run.Inspect run = inspection(model, errand, uid, model.getSpec().golden(), admitted);
    return RunDocument.fits(run) ? run : inspection(model, errand, uid, List.of(), admitted);
  }

  private static Run.Inspect inspection(
      Model model, Errand errand, String uid, List<GoldenCase> golden, List<String> admitted) {
    return new Run.Inspect(
        uid,
        model.getMetadata().getNamespace(),
        model.getMetadata().getName(),
        errand.versions(),
        model.getSpec().signing(),
        golden,
        admitted,
        Inspections.isAsked(errand));
  }
}
