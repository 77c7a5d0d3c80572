package dev.firstday.operator.model;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Errand;
import dev.firstday.api.Model;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.VersionHealth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The newest good versions of the data sets that a model's versions learnt from.
 *
 * @param byName those of the data sets that have one
 */
record FreshData(Map<String, Errand.Data> byName) {
  /** So many scores fit into one answer. */
  private static final int SCORES_AT_A_TIME = 4;

  static FreshData of(List<Dataset> datasets) {
    return new FreshData(
        datasets.stream()
            .flatMap(dataset -> latest(dataset).stream())
            .collect(Collectors.toMap(Errand.Data::name, Function.identity())));
  }

  /** Names of the data sets that the model's versions learnt from. */
  static Set<String> datasetsOf(Model model) {
    return Catalogue.of(model.getStatus()).versions().stream()
        .map(ModelVersion::dataset)
        .flatMap(reference -> name(reference).stream())
        .collect(Collectors.toSet());
  }

  /** An evaluation of the versions in use that one data set has something new for. */
  Optional<Errand> evaluation(Known known) {
    List<ModelVersion> stale =
        known.catalogue().versions().stream()
            .filter(known.health()::passed)
            .filter(version -> known.isInUse(Known.subject(version)))
            .filter(version -> newTo(version, known.health()).isPresent())
            .toList();
    return stale.stream()
        .findFirst()
        .flatMap(version -> newTo(version, known.health()))
        .map(
            fresh ->
                new Errand(
                    Errand.Kind.EVALUATION,
                    "NewData",
                    stale.stream()
                        .filter(v -> newTo(v, known.health()).equals(Optional.of(fresh)))
                        .limit(SCORES_AT_A_TIME)
                        .map(Known::subject)
                        .toList(),
                    fresh));
  }

  /** The data that the version was not scored on yet; empty: there is none. */
  private Optional<Errand.Data> newTo(ModelVersion version, Health health) {
    Optional<String> scoredOn =
        health
            .of(version.digest())
            .map(VersionHealth::evaluation)
            .map(VersionHealth.Evaluation::dataset);
    return name(version.dataset())
        .map(byName::get)
        .filter(data -> !data.reference().equals(version.dataset()))
        .filter(data -> !scoredOn.equals(Optional.of(data.reference())));
  }

  private static Optional<Errand.Data> latest(Dataset dataset) {
    DatasetStatus.Version latest =
        dataset.getStatus() == null ? null : dataset.getStatus().latest();
    return Optional.ofNullable(latest)
        .map(
            version ->
                new Errand.Data(
                    dataset.getMetadata().getName(), version.number(), version.digest()));
  }

  /** Statuses write a version as {@code flights/3}. */
  private static Optional<String> name(String reference) {
    return Optional.ofNullable(reference)
        .filter(text -> text.contains("/"))
        .map(text -> text.substring(0, text.lastIndexOf('/')));
  }
}
