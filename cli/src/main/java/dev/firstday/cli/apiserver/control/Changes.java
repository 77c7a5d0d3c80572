package dev.firstday.cli.apiserver.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.objects.ApiException;
import dev.firstday.cli.apiserver.objects.DeleteOptions;
import dev.firstday.cli.apiserver.objects.Deletion;
import dev.firstday.cli.apiserver.objects.ObjectApi;
import dev.firstday.cli.apiserver.objects.ObjectChange;
import dev.firstday.cli.apiserver.objects.WriteOptions;
import dev.firstday.cli.apiserver.objects.WriteOptions.FieldValidation;
import dev.firstday.cli.apiserver.store.ResourceId;
import dev.firstday.cli.apiserver.store.Stored;
import dev.firstday.cli.apiserver.type.Registry;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.util.function.Consumer;

/** Writes of the controllers: an object that is gone already is as it should be. */
public final class Changes {
  private static final WriteOptions OPTIONS =
      new WriteOptions(false, FieldValidation.IGNORE, "kube-controller-manager", false);

  private final Registry registry;
  private final ObjectApi objects;
  private final Deletion deletion;

  public Changes(Registry registry, ObjectApi objects, Deletion deletion) {
    this.registry = registry;
    this.objects = objects;
    this.deletion = deletion;
  }

  void create(ResourceId resource, String namespace, ObjectNode object) {
    ResourceType type = registry.storedIn(resource).orElseThrow();
    try {
      objects.create(type, namespace, object, OPTIONS);
    } catch (ApiException e) {
      boolean isThere = e.code() == 409;
      if (!isThere) {
        throw e;
      }
    }
  }

  void delete(Stored stored, DeleteOptions options) {
    attempt(stored, type -> deletion.delete(type, stored.key(), options));
  }

  void change(Stored stored, ObjectChange change) {
    attempt(stored, type -> objects.change(type, stored.key(), "", change, OPTIONS));
  }

  void removeFinalizer(Stored stored, String finalizer) {
    change(
        stored,
        live -> {
          ArrayNode left = Json.array();
          for (JsonNode each : live.path("metadata").path("finalizers")) {
            if (!each.asText().equals(finalizer)) {
              left.add(each);
            }
          }
          Json.metadata(live).set("finalizers", left);
          return live;
        });
  }

  private void attempt(Stored stored, Consumer<ResourceType> action) {
    try {
      registry.storedIn(stored.resource()).ifPresent(action);
    } catch (ApiException e) {
      boolean isOtherObject = e.code() == 409;
      if (e.code() != 404 && !isOtherObject) {
        throw e;
      }
    }
  }
}
