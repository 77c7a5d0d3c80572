package dev.firstday.cli.model;

import dev.firstday.api.Model;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.cli.terminal.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The versions that a model's status names. */
final class Versions {
  private Versions() {}

  /**
   * @param number null: the newest that may be served; where there is none, the newest
   * @throws CommandFailure when the status does not name it
   */
  static ModelVersion chosen(Model model, Integer number) throws CommandFailure {
    String name = model.getMetadata().getName();
    ModelStatus status = model.getStatus();
    List<ModelVersion> versions = status == null ? List.of() : of(status);
    if (versions.isEmpty()) {
      throw new CommandFailure(
          "Model %s has no version yet: a TrainingJob whose model is %s gives it one"
              .formatted(name, name));
    }
    if (number == null) {
      return Objects.requireNonNullElse(status.newest(), versions.get(0));
    }
    return versions.stream()
        .filter(version -> version.number().equals(number))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    "Model %s has no version %d%s; its status names %s"
                        .formatted(
                            name,
                            number,
                            isDeleted(status, number)
                                ? " any more: spec.retention has deleted it"
                                : "",
                            versions.stream()
                                .map(version -> String.valueOf(version.number()))
                                .collect(Collectors.joining(", ")))));
  }

  private static boolean isDeleted(ModelStatus status, int number) {
    return status.retention() != null
        && status.retention().deleted() != null
        && status.retention().deleted().contains(number);
  }

  /** Newest first. */
  static List<ModelVersion> of(ModelStatus status) {
    TreeMap<Integer, ModelVersion> versions = new TreeMap<>();
    if (status.newest() != null) {
      versions.put(status.newest().number(), status.newest());
    }
    if (status.versions() != null) {
      status.versions().forEach(version -> versions.put(version.number(), version));
    }
    return new ArrayList<>(versions.descendingMap().values());
  }
}
