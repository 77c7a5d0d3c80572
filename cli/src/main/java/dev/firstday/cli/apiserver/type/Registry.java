package dev.firstday.cli.apiserver.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.store.ResourceId;
import dev.firstday.cli.apiserver.store.Store;
import dev.firstday.cli.apiserver.store.StoreEvent;
import dev.firstday.cli.apiserver.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All resources that are served at this moment. */
public final class Registry {
  private final Store store;
  private final BuiltIns builtIns;
  private volatile List<ResourceType> types;

  public Registry(Store store, BuiltIns builtIns) {
    this.store = store;
    this.builtIns = builtIns;
    this.types = read();
    store.listen(this::noteDefinitions);
  }

  /** In the order of discovery: Kubernetes' own first. */
  public List<ResourceType> types() {
    return types;
  }

  public List<ResourceType> types(String group, String version) {
    return types.stream()
        .filter(type -> type.group().equals(group) && type.version().equals(version))
        .toList();
  }

  public Optional<ResourceType> find(String group, String version, String plural) {
    return types(group, version).stream()
        .filter(type -> type.names().plural().equals(plural))
        .findFirst();
  }

  /** The type that an object says it is of. */
  public Optional<ResourceType> ofKind(String apiVersion, String kind) {
    return types.stream()
        .filter(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
        .findFirst();
  }

  /** Some served version of what is stored there. */
  public Optional<ResourceType> storedIn(ResourceId resource) {
    return types.stream().filter(type -> type.storedIn().equals(resource)).findFirst();
  }

  /** The schemas of Kubernetes' own types, by name. */
  public JsonNode schemas() {
    return builtIns.schemas();
  }

  private void noteDefinitions(StoreEvent event) {
    if (event.now().resource().equals(CustomTypes.DEFINITIONS)) {
      types = read();
    }
  }

  private List<ResourceType> read() {
    List<ResourceType> all = new ArrayList<>(builtIns.types());
    for (Stored definition : store.list(CustomTypes.DEFINITIONS, "").objects()) {
      all.addAll(CustomTypes.of(definition.object(), builtIns.schemas()));
    }
    return List.copyOf(all);
  }
}
