package dev.firstday.cli.rollout;

import dev.firstday.api.Alias;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.Target;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.RetentionState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.VersionHealth;
import dev.firstday.operator.kube.Unreadable;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The version that a Deployment wants and whose rollout has not begun, since its Model has yet to
 * list it, to inspect it, or to tell of it. A rollout that seems to be over is not, while there is
 * one.
 */
final class Successor {
  private final ModelDeployment deployment;
  private final ModelDeploymentStatus status;
  private final Model model;
  private final ModelStatus known;

  private Successor(ModelDeployment deployment, Model model) {
    this.deployment = deployment;
    this.status = deployment.getStatus();
    this.model = model;
    this.known = model.getStatus();
  }

  /**
   * In words; empty: there is none.
   *
   * @param deployment with a status of the present spec
   * @param trainings of the namespace
   */
  static Optional<String> of(ModelDeployment deployment, Model model, List<TrainingJob> trainings) {
    // the status of a fixed version's Deployment is about that version as soon as it is current
    if (deployment.getSpec().track() == null || Unreadable.is(model) || model.getStatus() == null) {
      return Optional.empty();
    }
    Successor successor = new Successor(deployment, model);
    return deployment.getSpec().isOfNewest()
        ? successor.newest(trainings)
        : successor.named(deployment.getSpec().track());
  }

  private Optional<String> newest(List<TrainingJob> trainings) {
    List<Integer> going =
        Stream.concat(retention(RetentionState::marked), retention(RetentionState::deleted))
            .toList();
    return Stream.concat(
            versions(),
            trainings.stream().filter(job -> !Unreadable.is(job)).flatMap(this::recorded))
        .filter(version -> !going.contains(version.number()) && !isFaulty(version))
        .max(Comparator.comparingInt(ModelVersion::number))
        .filter(version -> status.stable() == null || version.number() > status.stable().number())
        .flatMap(this::words);
  }

  /** What a job has recorded of this model. */
  private Stream<ModelVersion> recorded(TrainingJob job) {
    return job.getStatus() == null
            || job.getStatus().result() == null
            || !model.getMetadata().getName().equals(job.getSpec().model())
        ? Stream.empty()
        : Stream.ofNullable(job.getStatus().result().version());
  }

  private Optional<String> named(String alias) {
    return Stream.ofNullable(model.getSpec() == null ? null : model.getSpec().aliases())
        .flatMap(List::stream)
        .filter(entry -> entry.name().equals(alias))
        .map(Alias::version)
        .flatMap(number -> versions().filter(version -> number.equals(version.number())))
        .filter(version -> !isFaulty(version))
        .findFirst()
        .flatMap(this::words);
  }

  private Optional<String> words(ModelVersion version) {
    if (is(version, status.stable()) || is(version, status.candidate()) || isRejected(version)) {
      return Optional.empty();
    }
    String name = model.getMetadata().getName();
    return Optional.of(
        healthOf(version).isPresent()
            ? "version %d is wanted, and its rollout begins".formatted(version.number())
            : "version %d is recorded, and its rollout begins once Model %s has inspected it: firstday model show %s"
                .formatted(version.number(), name, name));
  }

  private static boolean is(ModelVersion version, Target target) {
    return target != null && Objects.equals(version.digest(), target.digest());
  }

  private boolean isRejected(ModelVersion version) {
    Long generation = deployment.getMetadata().getGeneration();
    return Stream.ofNullable(status.rejected())
        .flatMap(List::stream)
        .filter(rejection -> Objects.equals(version.digest(), rejection.digest()))
        .anyMatch(rejection -> Objects.equals(generation, rejection.generation()));
  }

  private boolean isFaulty(ModelVersion version) {
    return healthOf(version).filter(health -> !health.passed()).isPresent();
  }

  private Optional<VersionHealth> healthOf(ModelVersion version) {
    return Stream.ofNullable(known.health())
        .flatMap(List::stream)
        .filter(health -> Objects.equals(version.digest(), health.digest()))
        .findFirst();
  }

  private Stream<ModelVersion> versions() {
    return Stream.ofNullable(known.versions()).flatMap(List::stream);
  }

  private Stream<Integer> retention(Function<RetentionState, List<Integer>> which) {
    return Stream.ofNullable(known.retention())
        .flatMap(state -> Stream.ofNullable(which.apply(state)))
        .flatMap(List::stream);
  }
}
