package dev.firstday.operator.model;

import dev.firstday.api.Errand.Subject;
import dev.firstday.api.ModelVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a model's versions.
 *
 * @param served versions that a Deployment has as stable or as candidate, or that have an alias
 */
record Known(Catalogue catalogue, Health health, List<Subject> served) {

  static Subject subject(ModelVersion version) {
    return new Subject(version.number(), version.digest());
  }

  /** All versions there is something to say of, newest first. */
  List<Subject> subjects() {
    return Stream.concat(catalogue.versions().stream().map(Known::subject), served.stream())
        .distinct()
        .sorted(Comparator.comparing(Subject::number).reversed())
        .toList();
  }

  /** Whether it is served, or is what would be served next. */
  boolean isInUse(Subject version) {
    return served.contains(version)
        || !catalogue.isEmpty() && version.equals(subject(catalogue.versions().get(0)))
        || Optional.ofNullable(catalogue.newest(health))
            .map(Known::subject)
            .filter(version::equals)
            .isPresent();
  }

  /** Nothing of versions that are gone, and no scores of those that nobody serves any more. */
  Known forgetting() {
    return new Known(catalogue, health.of(subjects()).scoredOnly(this::isInUse), served);
  }
}
