package dev.firstday.cli.demo;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetSpec;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What was sent, and what may not have been noticed: an operator does not look at files by itself.
 *
 * @param sent keys below the namespace's {@code files/}
 * @param ready generations of the data sets that were Ready before, by name
 */
record Upload(Set<String> sent, Map<String, Long> ready) {

  /**
   * How a version of the new files comes about, unless the data set's spec has changed as well:
   * then the version is of them.
   */
  Optional<String> hint(Dataset dataset) {
    String name = dataset.getMetadata().getName();
    return Objects.equals(ready.get(name), dataset.getMetadata().getGeneration())
            && dataset.getSpec().source().files().stream().anyMatch(this::isSent)
        ? Optional.of(
            "its files have changed; for a version of them: firstday dataset refresh " + name)
        : Optional.empty();
  }

  private boolean isSent(DatasetSpec.Files files) {
    return !files.uri().contains("://")
        && sent.stream()
            .map(Path::of)
            .anyMatch(FileSystems.getDefault().getPathMatcher("glob:" + files.uri())::matches);
  }
}
