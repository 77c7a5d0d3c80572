package dev.firstday.cli.apiserver.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.schema.Schema;
import dev.firstday.cli.apiserver.store.ResourceId;
import java.util.List;

/**
 * A resource in one version.
 *
 * @param subresources as in discovery, without the resource's own name: {@code status}, {@code
 *     scale}
 * @param scale where {@code /scale} finds its numbers; of no meaning without that subresource
 * @param storedIn where its objects are, which several versions, or two groups, may share
 * @param columns the {@code additionalPrinterColumns} of its definition
 * @param isCustom whether a definition in the store added it
 */
public record ResourceType(
    String group,
    String version,
    Names names,
    boolean isNamespaced,
    List<String> verbs,
    List<String> subresources,
    ScalePaths scale,
    ResourceId storedIn,
    Schema schema,
    JsonNode columns,
    boolean isCustom) {

  /** What it is called. */
  public record Names(
      String plural,
      String singular,
      String kind,
      List<String> shortNames,
      List<String> categories) {}

  /** Dotted paths such as {@code .spec.replicas}; {@code selector} may be empty. */
  public record ScalePaths(String replicas, String statusReplicas, String selector) {
    static final ScalePaths USUAL =
        new ScalePaths(".spec.replicas", ".status.replicas", ".spec.selector");
  }

  /** The resource as the caller named it. */
  public ResourceId id() {
    return new ResourceId(group, names.plural());
  }

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  public String kind() {
    return names.kind();
  }

  public boolean has(String subresource) {
    return subresources.contains(subresource);
  }

  /** Whether a write to the object itself leaves its status alone. */
  public boolean hasStatus() {
    return has("status");
  }
}
