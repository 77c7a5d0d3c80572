package dev.firstday.operator.model;

import dev.firstday.api.Errand.Subject;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The versions that a Deployment serves, tries, or may go back to. */
final class InUse {
  private InUse() {}

  static Stream<Subject> of(ModelDeployment deployment) {
    return Optional.ofNullable(deployment.getStatus()).stream().flatMap(InUse::of);
  }

  private static Stream<Subject> of(ModelDeploymentStatus status) {
    return Stream.concat(
        Stream.of(status.stable(), status.candidate())
            .filter(Objects::nonNull)
            .map(target -> new Subject(target.number(), target.digest())),
        Stream.ofNullable(status.previous())
            .flatMap(List::stream)
            .map(former -> new Subject(former.number(), former.digest())));
  }
}
