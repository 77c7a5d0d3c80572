package dev.firstday.operator.model;

import dev.firstday.api.Alias;
import dev.firstday.api.Errand.Subject;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJob;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The versions that retention leaves alone, whatever their age: those that a Deployment serves,
 * tries, names or may go back to, those with an alias, the newest that may be served, and the last
 * one of each training job.
 *
 * @param areComplete false: a resource cannot be read, so that nobody knows what it uses
 */
record Pins(SortedSet<Integer> numbers, boolean areComplete) {

  static Pins of(
      Model model,
      List<TrainingJob> trainings,
      List<ModelDeployment> deployments,
      boolean areComplete) {
    SortedSet<Integer> numbers = new TreeSet<>();
    deployments.stream().flatMap(Pins::of).forEach(numbers::add);
    if (model.getSpec().aliases() != null) {
      model.getSpec().aliases().stream().map(Alias::version).forEach(numbers::add);
    }
    if (model.getStatus() != null && model.getStatus().newest() != null) {
      numbers.add(model.getStatus().newest().number());
    }
    String name = model.getMetadata().getName();
    trainings.stream()
        .flatMap(training -> Catalogue.recorded(training, name))
        .map(ModelVersion::number)
        .filter(Objects::nonNull)
        .forEach(numbers::add);
    return new Pins(numbers, areComplete);
  }

  private static Stream<Integer> of(ModelDeployment deployment) {
    return Stream.concat(
            Stream.ofNullable(deployment.getSpec().version()),
            InUse.of(deployment).map(Subject::number))
        .filter(Objects::nonNull);
  }
}
