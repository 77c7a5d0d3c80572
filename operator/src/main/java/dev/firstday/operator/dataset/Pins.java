package dev.firstday.operator.dataset;

import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.Target;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJob;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The versions of a data set that other resources of its namespace refer to.
 *
 * @param numbers all of them, ascending
 * @param deployed the newest of those that a stable deployed model learnt from; null: there is none
 * @param areComplete false: a resource cannot be read, so that nobody knows what it refers to
 */
record Pins(List<Integer> numbers, Integer deployed, boolean areComplete) {
  static final Pins NONE = new Pins(List.of(), null, true);

  /** As statuses write a version: {@code flights/3}. */
  private static final Pattern REFERENCE = Pattern.compile("(.+)/([0-9]{1,9})");

  static Pins of(
      String dataset,
      Collection<TrainingJob> trainings,
      Collection<Model> models,
      Collection<ModelDeployment> deployments) {
    Set<Integer> numbers = new TreeSet<>();
    trainings.forEach(training -> numbers.addAll(ofTraining(dataset, training)));
    models.stream()
        .flatMap(Pins::versions)
        .flatMap(version -> number(dataset, version.dataset()).stream())
        .forEach(numbers::add);
    Set<Integer> stable = new TreeSet<>();
    deployments.forEach(deployment -> ofStable(dataset, deployment, models).ifPresent(stable::add));
    numbers.addAll(stable);
    return new Pins(List.copyOf(numbers), stable.stream().max(Integer::compare).orElse(null), true);
  }

  /** The same, where there may be others. */
  Pins andOthers() {
    return new Pins(numbers, deployed, false);
  }

  /** Names of the data sets that the training job refers to, or its last run did. */
  static Set<String> datasetsOf(TrainingJob training) {
    return Stream.concat(
            Stream.of(training.getSpec().dataset().name()),
            training.getStatus() == null || training.getStatus().chain() == null
                ? Stream.empty()
                : name(training.getStatus().chain().dataset()).stream())
        .collect(Collectors.toSet());
  }

  /** Names of the data sets that the model's versions learnt from. */
  static Set<String> datasetsOf(Model model) {
    return versions(model)
        .flatMap(version -> name(version.dataset()).stream())
        .collect(Collectors.toSet());
  }

  /** Name of the data set that the deployment's stable version learnt from. */
  static Set<String> datasetsOf(ModelDeployment deployment) {
    return chained(deployment).flatMap(Pins::name).stream().collect(Collectors.toSet());
  }

  private static List<Integer> ofTraining(String dataset, TrainingJob training) {
    Stream<Integer> wanted =
        dataset.equals(training.getSpec().dataset().name())
            ? Stream.ofNullable(training.getSpec().dataset().version())
            : Stream.empty();
    Stream<Integer> used =
        training.getStatus() == null || training.getStatus().chain() == null
            ? Stream.empty()
            : number(dataset, training.getStatus().chain().dataset()).stream();
    return Stream.concat(wanted, used).toList();
  }

  /** What the model says of the version; where it lists it no more, what the deployment noted. */
  private static Optional<Integer> ofStable(
      String dataset, ModelDeployment deployment, Collection<Model> models) {
    ModelDeploymentStatus status = deployment.getStatus();
    if (status == null || status.stable() == null) {
      return Optional.empty();
    }
    Target stable = status.stable();
    return models.stream()
        .filter(model -> model.getMetadata().getName().equals(deployment.getSpec().model()))
        .flatMap(Pins::versions)
        .filter(version -> Objects.equals(version.digest(), stable.digest()))
        .map(ModelVersion::dataset)
        .filter(Objects::nonNull)
        .findFirst()
        .or(() -> chained(deployment))
        .flatMap(reference -> number(dataset, reference));
  }

  private static Optional<String> chained(ModelDeployment deployment) {
    ModelDeploymentStatus status = deployment.getStatus();
    return status == null || status.chain() == null
        ? Optional.empty()
        : Optional.ofNullable(status.chain().dataset());
  }

  private static Stream<ModelVersion> versions(Model model) {
    return model.getStatus() == null || model.getStatus().versions() == null
        ? Stream.empty()
        : model.getStatus().versions().stream();
  }

  private static Optional<String> name(String reference) {
    return matched(reference).map(match -> match.group(1));
  }

  private static Optional<Integer> number(String dataset, String reference) {
    return matched(reference)
        .filter(match -> match.group(1).equals(dataset))
        .map(match -> Integer.valueOf(match.group(2)));
  }

  private static Optional<Matcher> matched(String reference) {
    return Optional.ofNullable(reference).map(REFERENCE::matcher).filter(Matcher::matches);
  }
}
