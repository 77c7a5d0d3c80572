package dev.firstday.cli.model;

import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The versions that a model's status names. */
final class Versions {
  private Versions() {}

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
