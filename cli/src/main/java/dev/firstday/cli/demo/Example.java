package dev.firstday.cli.demo;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.TrainingJob;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder with resources ({@code *.yaml}) and the files that its data sets read ({@code data/}).
 *
 * @param resources as they are written, in the order of the files' names
 * @param files key below the namespace's {@code files/}, and the file to put there
 */
record Example(List<GenericKubernetesResource> resources, Map<String, Path> files) {

  static Example read(Path folder) throws IOException, DemoFailure {
    if (!Files.isDirectory(folder)) {
      throw new DemoFailure(folder + " is no folder; give one with *.yaml files");
    }
    List<GenericKubernetesResource> resources = new ArrayList<>();
    for (Path yaml : list(folder, "*.{yaml,yml}")) {
      resources.addAll(parse(yaml));
    }
    if (resources.isEmpty()) {
      throw new DemoFailure(folder + " holds no resources (*.yaml)");
    }
    Map<String, Path> files = new LinkedHashMap<>();
    for (Dataset dataset : typed(resources, Dataset.class)) {
      for (DatasetSpec.Files source : dataset.getSpec().source().files()) {
        files.putAll(filesOf(source.uri(), folder.resolve("data")));
      }
    }
    return new Example(resources, files);
  }

  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return typed(resources, kind);
  }

  private static <T extends HasMetadata> List<T> typed(
      List<GenericKubernetesResource> resources, Class<T> kind) {
    return resources.stream()
        .filter(resource -> resource.getKind().equals(HasMetadata.getKind(kind)))
        .filter(resource -> resource.getApiVersion().equals(HasMetadata.getApiVersion(kind)))
        .map(resource -> Serialization.unmarshal(Serialization.asJson(resource), kind))
        .toList();
  }

  /** The kinds in the order in which people read them. */
  static int order(GenericKubernetesResource resource) {
    List<String> kinds =
        Stream.of(Dataset.class, Model.class, TrainingJob.class, ModelDeployment.class)
            .map(HasMetadata::getKind)
            .toList();
    int index = kinds.indexOf(resource.getKind());
    return index < 0 ? kinds.size() : index;
  }

  private static List<GenericKubernetesResource> parse(Path yaml) throws IOException, DemoFailure {
    List<GenericKubernetesResource> resources = new ArrayList<>();
    try {
      for (String document : Files.readString(yaml).split("(?m)^---\\s*$")) {
        if (!document.lines().allMatch(line -> line.isBlank() || line.startsWith("#"))) {
          resources.add(Serialization.unmarshal(document, GenericKubernetesResource.class));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new DemoFailure(yaml + " is no resource: " + e.getMessage(), e);
    }
    return resources;
  }

  /** The files beside the resources that a uri means; one with a scheme lies elsewhere. */
  private static Map<String, Path> filesOf(String uri, Path data) throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    if (uri.contains("://") || !Files.isDirectory(data)) {
      return files;
    }
    int slash = uri.lastIndexOf('/') + 1;
    for (Path file : list(data, uri.substring(slash))) {
      files.put(uri.substring(0, slash) + file.getFileName(), file);
    }
    return files;
  }

  private static List<Path> list(Path folder, String glob) throws IOException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> matcher.matches(file.getFileName()))
          .sorted()
          .toList();
    }
  }
}
