package dev.firstday.cli.apiserver.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.kinds.KindRulebook;
import dev.firstday.cli.apiserver.patch.ApplyConflictException;
import dev.firstday.cli.apiserver.patch.Manager;
import dev.firstday.cli.apiserver.patch.Ownership;
import dev.firstday.cli.apiserver.patch.ServerSideApply;
import dev.firstday.cli.apiserver.schema.CelEngine;
import dev.firstday.cli.apiserver.store.ObjectKey;
import dev.firstday.cli.apiserver.store.Store;
import dev.firstday.cli.apiserver.store.Stored;
import dev.firstday.cli.apiserver.type.Representation;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.util.List;
import java.util.Optional;

/** Reads, creates and changes objects by the rules of an API server. */
public final class ObjectApi {
  private static final String MANAGED_FIELDS = "managedFields";

  private final Store store;
  private final Commits commits;
  private final SchemaChecks schemas;
  private final Preparation preparation;
  private final Moment moment;

  public ObjectApi(Store store, KindRulebook rulebook, CelEngine cel, Moment moment) {
    this.store = store;
    this.commits = new Commits(store);
    this.schemas = new SchemaChecks(cel);
    this.preparation = new Preparation(rulebook, schemas);
    this.moment = moment;
  }

  public Stored get(ResourceType type, ObjectKey key) {
    return store
        .get(type.storedIn(), key)
        .orElseThrow(() -> ApiException.notFound(type.id(), key.name()));
  }

  public Written create(
      ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
    if (!Json.text(body, "metadata", "resourceVersion").isEmpty()) {
      throw ApiException.badRequest("resourceVersion should not be set on objects to be created");
    }
    commits.requireNamespace(type, namespace, body);
    boolean isNameGiven = !Json.text(body, "metadata", "name").isEmpty();
    while (true) {
      ObjectNode object = body.deepCopy();
      List<String> warnings = preparation.create(type, namespace, object, moment, options);
      Manager manager = updater(type, "", options);
      Ownership.noteUpdate(type.schema(), MissingNode.getInstance(), object, manager, moment.now());
      Optional<ObjectNode> made = commits.insert(type, object, options.dryRun());
      if (made.isPresent()) {
        return new Written(made.get(), true, warnings);
      }
      if (isNameGiven) {
        throw ApiException.alreadyExists(type.id(), Json.text(object, "metadata", "name"));
      }
    }
  }

  /** Replaces, or patches, an object that is there. */
  public Written change(
      ResourceType type,
      ObjectKey key,
      String subresource,
      ObjectChange change,
      WriteOptions options) {
    while (true) {
      Stored live = get(type, key);
      ObjectNode before = Representation.read(type, live);
      ObjectNode object = change.from(before.deepCopy());
      checkIdentity(type, live, object);
      JsonNode givenOwners = Json.at(object, "metadata", MANAGED_FIELDS);
      List<String> warnings = preparation.update(type, subresource, before, object, options);
      if (givenOwners.isArray() && givenOwners.isEmpty()) {
        Json.metadata(object).remove(MANAGED_FIELDS);
      } else if (!before.equals(object)) {
        Manager manager = updater(type, subresource, options);
        Ownership.noteUpdate(type.schema(), before, object, manager, moment.now());
      }
      Optional<ObjectNode> written = commits.replace(type, live, before, object, options.dryRun());
      if (written.isPresent()) {
        return new Written(written.get(), false, warnings);
      }
    }
  }

  /** Server-side apply: creates the object, or merges what the manager wants into it. */
  public Written apply(
      ResourceType type,
      ObjectKey key,
      String subresource,
      ObjectNode wanted,
      WriteOptions options) {
    ObjectNode applied = applicable(type, subresource, wanted);
    List<String> warnings = schemas.prune(type, applied, options.fieldValidation());
    while (true) {
      Optional<Stored> live = store.get(type.storedIn(), key);
      if (live.isEmpty() && !subresource.isEmpty()) {
        throw ApiException.notFound(type.id(), key.name());
      }
      live.ifPresent(stored -> checkIdentity(type, stored, wanted));
      Optional<ObjectNode> written =
          live.isPresent()
              ? applyTo(type, subresource, live.get(), applied, options)
              : applyNew(type, key, applied, options);
      if (written.isPresent()) {
        return new Written(written.get(), live.isEmpty(), warnings);
      }
    }
  }

  private Optional<ObjectNode> applyNew(
      ResourceType type, ObjectKey key, ObjectNode applied, WriteOptions options) {
    commits.requireNamespace(type, key.namespace(), applied);
    ObjectNode merged = merge(type, "", Json.object(), applied, options);
    JsonNode owners = merged.path("metadata").path(MANAGED_FIELDS);
    preparation.create(type, key.namespace(), merged, moment, options);
    Json.metadata(merged).set(MANAGED_FIELDS, owners);
    return commits.insert(type, merged, options.dryRun());
  }

  private Optional<ObjectNode> applyTo(
      ResourceType type,
      String subresource,
      Stored live,
      ObjectNode applied,
      WriteOptions options) {
    ObjectNode before = Representation.read(type, live);
    ObjectNode merged = merge(type, subresource, before, applied, options);
    JsonNode owners = merged.path("metadata").path(MANAGED_FIELDS);
    preparation.update(type, subresource, before, merged, options);
    Json.metadata(merged).set(MANAGED_FIELDS, owners);
    return commits.replace(type, live, before, merged, options.dryRun());
  }

  private ObjectNode merge(
      ResourceType type,
      String subresource,
      ObjectNode before,
      ObjectNode applied,
      WriteOptions options) {
    Manager manager =
        new Manager(options.manager(), Manager.Operation.APPLY, type.apiVersion(), subresource);
    try {
      return ServerSideApply.apply(
          type.schema(), before.deepCopy(), applied, manager, options.force(), moment.now());
    } catch (ApplyConflictException e) {
      throw ApiException.applyConflict(e);
    }
  }

  /** What of an applied object the endpoint looks at. */
  private static ObjectNode applicable(ResourceType type, String subresource, ObjectNode wanted) {
    ObjectNode applied = wanted.deepCopy();
    Json.metadata(applied)
        .remove(
            List.of("uid", "resourceVersion", "creationTimestamp", "generation", MANAGED_FIELDS));
    if (!subresource.isEmpty()) {
      applied.retain("apiVersion", "kind", "metadata", subresource);
      Json.metadata(applied).retain("name", "namespace");
    } else if (type.hasStatus()) {
      applied.remove("status");
    }
    return applied;
  }

  private static void checkIdentity(ResourceType type, Stored live, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    String name = Json.text(metadata, "name");
    if (!name.equals(live.key().name())) {
      throw ApiException.badRequest(
          "the name of the object ("
              + name
              + ") does not match the name on the URL ("
              + live.key().name()
              + ")");
    }
    String version = Json.text(metadata, "resourceVersion");
    if (!version.isEmpty() && !version.equals(Long.toString(live.revision()))) {
      throw ApiException.stale(type.id(), name);
    }
    String uid = Json.text(metadata, "uid");
    if (!uid.isEmpty() && !uid.equals(live.uid())) {
      throw ApiException.conflict(
          type.id(),
          name,
          "Precondition failed: UID in precondition: "
              + uid
              + ", UID in object meta: "
              + live.uid());
    }
  }

  private static Manager updater(ResourceType type, String subresource, WriteOptions options) {
    return new Manager(options.manager(), Manager.Operation.UPDATE, type.apiVersion(), subresource);
  }
}
