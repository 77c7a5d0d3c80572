package dev.firstday.cli.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Applies an example's resources. One that a person has edited since stays as it is, and what is
 * applied can be applied by kubectl later on.
 */
record Application(KubernetesClient client, String namespace) {
  private static final String MANAGER = "firstday-demo";

  /** By which kubectl apply knows, the next time, what has been taken out of the file. */
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  static String title(GenericKubernetesResource resource) {
    return resource.getKind() + " " + resource.getMetadata().getName();
  }

  /**
   * @return that the resource was left alone, and why
   * @throws DemoFailure when it is refused
   */
  Optional<String> apply(GenericKubernetesResource resource) throws DemoFailure {
    try {
      GenericKubernetesResource there = client.resource(resource).inNamespace(namespace).get();
      List<String> editors = there == null ? List.of() : editors(there);
      if (!editors.isEmpty()) {
        return Optional.of(
            "%s stays as it is: %s has edited its spec (kubectl apply -f makes it the example's)"
                .formatted(title(resource), String.join(", ", editors)));
      }
      client
          .resource(annotated(resource))
          .inNamespace(namespace)
          .patch(
              new PatchContext.Builder()
                  .withPatchType(PatchType.SERVER_SIDE_APPLY)
                  .withFieldManager(MANAGER)
                  .withForce(true)
                  .build());
      return Optional.empty();
    } catch (KubernetesClientException e) {
      throw new DemoFailure(title(resource) + " was refused: " + e.getMessage(), e);
    }
  }

  /** Who else has written the spec, by the names under which the API server knows them. */
  private static List<String> editors(GenericKubernetesResource there) {
    return Stream.ofNullable(there.getMetadata().getManagedFields())
        .flatMap(List::stream)
        .filter(entry -> entry.getSubresource() == null || entry.getSubresource().isEmpty())
        .filter(
            entry ->
                entry.getFieldsV1() != null
                    && entry.getFieldsV1().getAdditionalProperties().containsKey("f:spec"))
        .map(ManagedFieldsEntry::getManager)
        .filter(manager -> !MANAGER.equals(manager))
        .distinct()
        .toList();
  }

  private static GenericKubernetesResource annotated(GenericKubernetesResource resource) {
    String written = Serialization.asJson(resource);
    GenericKubernetesResource copy =
        Serialization.unmarshal(written, GenericKubernetesResource.class);
    Map<String, String> annotations = new HashMap<>();
    if (copy.getMetadata().getAnnotations() != null) {
      annotations.putAll(copy.getMetadata().getAnnotations());
    }
    annotations.put(LAST_APPLIED, written);
    copy.getMetadata().setAnnotations(annotations);
    return copy;
  }
}
