package dev.firstday.cli.apiserver.objects;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.objects.DeleteOptions.Propagation;
import dev.firstday.cli.apiserver.store.ObjectKey;
import dev.firstday.cli.apiserver.store.ResourceId;
import dev.firstday.cli.apiserver.store.Store;
import dev.firstday.cli.apiserver.store.Stored;
import dev.firstday.cli.apiserver.type.Representation;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.util.List;
import java.util.Optional;

/** Deletes objects: at once where nothing holds them, or else by a mark that others act on. */
public final class Deletion {
  /** The finalizer of an object that waits for what it owns to go. */
  public static final String FOREGROUND = "foregroundDeletion";

  /** The finalizer of an object that leaves what it owns behind. */
  public static final String ORPHAN = "orphan";

  private final Store store;
  private final Commits commits;
  private final Moment moment;

  public Deletion(Store store, Moment moment) {
    this.store = store;
    this.commits = new Commits(store);
    this.moment = moment;
  }

  /**
   * Deletes an object.
   *
   * @return the object where it is still there, or a {@code Status}
   */
  public ObjectNode delete(ResourceType type, ObjectKey key, DeleteOptions options) {
    while (true) {
      Stored live =
          store
              .get(type.storedIn(), key)
              .orElseThrow(() -> ApiException.notFound(type.id(), key.name()));
      checkPreconditions(type, live, options);
      ObjectNode before = Representation.read(type, live);
      ObjectNode marked = mark(type, live, before.deepCopy(), options);
      if (Commits.isReleased(marked)) {
        if (options.dryRun() || commits.remove(type, live)) {
          return success(type, live);
        }
      } else {
        Optional<ObjectNode> left = commits.replace(type, live, before, marked, options.dryRun());
        if (left.isPresent()) {
          return left.get();
        }
      }
    }
  }

  private ObjectNode mark(
      ResourceType type, Stored live, ObjectNode object, DeleteOptions options) {
    ObjectNode metadata = Json.metadata(object);
    long grace = graceSeconds(type, object, options);
    if (!live.isTerminating()) {
      metadata.put("deletionTimestamp", moment.later(grace));
      metadata.put("deletionGracePeriodSeconds", grace);
      if (metadata.has("generation")) {
        metadata.put("generation", metadata.path("generation").asLong() + 1);
      }
      addFinalizer(metadata, options.propagation());
    } else if (grace < metadata.path("deletionGracePeriodSeconds").asLong()) {
      metadata.put("deletionTimestamp", moment.later(grace));
      metadata.put("deletionGracePeriodSeconds", grace);
    }
    if (type.id().toString().equals("namespaces") && object.has("status")) {
      Json.child(object, "status").put("phase", "Terminating");
    }
    return object;
  }

  private static void addFinalizer(ObjectNode metadata, Propagation propagation) {
    List<String> finalizer =
        switch (propagation) {
          case BACKGROUND -> List.of();
          case FOREGROUND -> List.of(FOREGROUND);
          case ORPHAN -> List.of(ORPHAN);
        };
    if (!finalizer.isEmpty()) {
      ArrayNode finalizers = Json.list(metadata, "finalizers");
      finalizer.forEach(finalizers::add);
    }
  }

  /** A pod that is on a node gets time, and goes when the node's kubelet deletes it with none. */
  private static long graceSeconds(ResourceType type, ObjectNode object, DeleteOptions options) {
    if (!type.id().toString().equals("pods")) {
      return 0;
    }
    boolean isOnNode = !Json.text(object, "spec", "nodeName").isEmpty();
    boolean hasEnded =
        List.of("Succeeded", "Failed").contains(Json.text(object, "status", "phase"));
    if (!isOnNode || hasEnded) {
      return 0;
    }
    return options.gracePeriodSeconds() >= 0
        ? options.gracePeriodSeconds()
        : object.path("spec").path("terminationGracePeriodSeconds").asLong();
  }

  private static void checkPreconditions(ResourceType type, Stored live, DeleteOptions options) {
    String version = Long.toString(live.revision());
    if (!options.uid().isEmpty() && !options.uid().equals(live.uid())) {
      throw otherObject(type, live, "UID", options.uid(), live.uid(), "deleted and then recreated");
    }
    if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals(version)) {
      throw otherObject(
          type, live, "ResourceVersion", options.resourceVersion(), version, "modified");
    }
  }

  private static ApiException otherObject(
      ResourceType type, Stored live, String what, String wanted, String is, String happened) {
    return ApiException.conflict(
        new ResourceId(type.group(), type.kind()),
        live.key().name(),
        "the %s in the precondition (%s) does not match the %s in record (%s). "
                .formatted(what, wanted, what, is)
            + "The object might have been "
            + happened);
  }

  private static ObjectNode success(ResourceType type, Stored gone) {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    ObjectNode details = status.put("status", "Success").putObject("details");
    details.put("name", gone.key().name());
    if (!type.group().isEmpty()) {
      details.put("group", type.group());
    }
    details.put("kind", type.names().plural()).put("uid", gone.uid());
    return status;
  }
}
