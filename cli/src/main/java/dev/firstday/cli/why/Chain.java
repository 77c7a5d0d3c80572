package dev.firstday.cli.why;

import dev.firstday.api.ModelDeployment;
import dev.firstday.api.TrainingJob;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.contract.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A resource, and all that it comes from: the deployment's model, the jobs that feed it, the data
 * sets that they learn from.
 *
 * @param links from what was asked for to where it comes from
 * @param unread jobs that may belong to it or not, since they cannot be read
 */
record Chain(List<Link> links, List<TrainingJob> unread) {

  /**
   * @throws CommandFailure when there is no such resource
   */
  static Chain of(Address address, World world, Instant now) throws CommandFailure {
    Walk walk = new Walk(world, now);
    switch (address.kind()) {
      case DEPLOYMENT -> walk.deployment(found(address, world.deployments()));
      case MODEL -> walk.model(found(address, world.models()).getMetadata().getName());
      case TRAINING_JOB -> walk.training(found(address, world.trainings()));
      case DATASET -> walk.dataset(found(address, world.datasets()).getMetadata().getName());
    }
    return new Chain(List.copyOf(walk.links.values()), walk.unread);
  }

  Link asked() {
    return links.get(0);
  }

  /**
   * What keeps the resource from more: itself, if it is stopped; else the link that nothing goes
   * past, of several the one that lies furthest back, since what comes after waits for it in any
   * case; where there is none, the one that is at work.
   */
  Optional<Link> culprit() {
    return Optional.of(asked())
        .filter(Link::isBarrier)
        .or(() -> last(Link::isBarrier))
        .or(() -> last(link -> link.state() == Link.State.COMPLAINS))
        .or(() -> last(link -> link.state() == Link.State.WAITS));
  }

  /** What else somebody has to act on. */
  List<Link> others() {
    return links.stream()
        .filter(Link::isBarrier)
        .filter(link -> culprit().filter(link::equals).isEmpty())
        .toList();
  }

  private Optional<Link> last(Predicate<Link> of) {
    return links.stream().filter(of).reduce((before, after) -> after);
  }

  private static <R extends HasMetadata> R found(Address address, List<R> all)
      throws CommandFailure {
    List<String> names = all.stream().map(r -> r.getMetadata().getName()).toList();
    return all.stream()
        .filter(resource -> address.name().equals(resource.getMetadata().getName()))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    "there is no %s %s in this namespace%s; it has %s"
                        .formatted(
                            address.kind().word(),
                            address.name(),
                            Names.hint(address.name(), names),
                            names.isEmpty() ? "none" : Names.list(names))));
  }

  /** Goes back along references; two jobs may share a data set. */
  private static final class Walk {
    private final World world;
    private final Instant now;
    private final Map<String, Link> links = new LinkedHashMap<>();
    private List<TrainingJob> unread = List.of();

    Walk(World world, Instant now) {
      this.world = world;
      this.now = now;
    }

    void deployment(ModelDeployment deployment) {
      add(Links.of(deployment, now));
      if (deployment.getSpec() != null) {
        model(deployment.getSpec().model());
      }
    }

    void model(String name) {
      add(world.model(name), model -> Links.of(model, now), "Model", name);
      List<TrainingJob> feeding = world.trainingsOf(name);
      feeding.forEach(job -> add(Links.of(job, now)));
      feeding.forEach(job -> dataset(job.getSpec().dataset().name()));
      unread = world.unreadTrainings();
    }

    void training(TrainingJob training) {
      add(Links.of(training, now));
      if (training.getSpec() == null) {
        return;
      }
      String model = training.getSpec().model();
      if (world.model(model).isEmpty()) {
        add(Links.missing("Model", model));
      }
      dataset(training.getSpec().dataset().name());
    }

    void dataset(String name) {
      add(world.dataset(name), dataset -> Links.of(dataset, now), "Dataset", name);
    }

    private <R> void add(Optional<R> resource, Function<R, Link> of, String kind, String name) {
      add(resource.map(of).orElseGet(() -> Links.missing(kind, name)));
    }

    private void add(Link link) {
      links.putIfAbsent(link.title(), link);
    }
  }
}
