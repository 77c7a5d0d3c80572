package dev.firstday.cli.apiserver.http;

import dev.firstday.cli.apiserver.objects.ApiException;
import dev.firstday.cli.apiserver.store.ObjectKey;
import dev.firstday.cli.apiserver.type.Registry;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.util.List;
import java.util.Optional;

/**
 * What a path below {@code /api} or {@code /apis} leads to.
 *
 * @param namespace {@code ""} for all, or for what is in none
 * @param name {@code ""} for the whole collection
 * @param subresource {@code ""} for the object itself
 */
record Target(ResourceType type, String namespace, String name, String subresource) {

  /**
   * @throws ApiException when the path leads nowhere
   */
  static Target parse(Registry registry, String path) {
    List<String> steps = List.of(path.substring(1).split("/"));
    boolean isCore = steps.get(0).equals("api");
    int prefix = isCore ? 2 : 3;
    if (steps.size() <= prefix || !(isCore || steps.get(0).equals("apis"))) {
      throw ApiException.unknownPath();
    }
    String group = isCore ? "" : steps.get(1);
    String version = steps.get(prefix - 1);
    List<String> rest = steps.subList(prefix, steps.size());
    Optional<Target> inNamespace =
        rest.size() >= 3 && rest.get(0).equals("namespaces")
            ? target(registry, group, version, rest.get(1), rest.subList(2, rest.size()))
            : Optional.empty();
    return inNamespace
        .or(() -> target(registry, group, version, "", rest))
        .orElseThrow(ApiException::unknownPath);
  }

  boolean isCollection() {
    return name.isEmpty();
  }

  ObjectKey key() {
    return new ObjectKey(namespace, name);
  }

  private static Optional<Target> target(
      Registry registry, String group, String version, String namespace, List<String> rest) {
    if (rest.size() > 3) {
      return Optional.empty();
    }
    String name = rest.size() > 1 ? rest.get(1) : "";
    String subresource = rest.size() > 2 ? rest.get(2) : "";
    return registry
        .find(group, version, rest.get(0))
        .filter(type -> type.isNamespaced() != namespace.isEmpty() || isWhole(type, name))
        .filter(type -> subresource.isEmpty() || type.has(subresource))
        .map(type -> new Target(type, namespace, name, subresource));
  }

  /** All namespaces' objects of a type may be listed in one go. */
  private static boolean isWhole(ResourceType type, String name) {
    return type.isNamespaced() && name.isEmpty();
  }
}
