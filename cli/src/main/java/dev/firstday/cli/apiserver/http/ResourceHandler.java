package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.objects.ApiException;
import dev.firstday.cli.apiserver.objects.DeleteOptions;
import dev.firstday.cli.apiserver.objects.Deletion;
import dev.firstday.cli.apiserver.objects.ObjectApi;
import dev.firstday.cli.apiserver.objects.ObjectChange;
import dev.firstday.cli.apiserver.objects.WriteOptions;
import dev.firstday.cli.apiserver.objects.Written;
import dev.firstday.cli.apiserver.schema.FieldError;
import dev.firstday.cli.apiserver.store.ObjectKey;
import dev.firstday.cli.apiserver.store.Stored;
import dev.firstday.cli.apiserver.type.Representation;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.util.List;

/** Requests for objects and collections, but for watches and logs. */
final class ResourceHandler {
  private final Bodies bodies;
  private final ObjectApi objects;
  private final Deletion deletion;
  private final Lists lists;
  private final Tables tables;

  ResourceHandler(Bodies bodies, ObjectApi objects, Deletion deletion, Lists lists, Tables tables) {
    this.bodies = bodies;
    this.objects = objects;
    this.deletion = deletion;
    this.lists = lists;
    this.tables = tables;
  }

  Answer answer(Target target, Call call) {
    if (target.type().group().equals(Reviews.GROUP)) {
      return Reviews.answer(target, call);
    }
    return switch (target.subresource()) {
      case "", "status" -> target.isCollection() ? collection(target, call) : object(target, call);
      case "scale" -> scale(target, call);
      case "eviction" -> evict(target, call);
      default -> throw ApiException.methodNotAllowed();
    };
  }

  private Answer collection(Target target, Call call) {
    boolean isInPlace = !target.type().isNamespaced() || !target.namespace().isEmpty();
    return switch (call.method()) {
      case "GET" -> lists.list(target, call);
      case "POST" -> {
        if (!isInPlace) {
          throw ApiException.methodNotAllowed();
        }
        yield create(target, call);
      }
      case "DELETE" -> deleteAll(target, call);
      default -> throw ApiException.methodNotAllowed();
    };
  }

  private Answer object(Target target, Call call) {
    return switch (call.method()) {
      case "GET" -> get(target, call);
      case "PUT" -> put(target, call);
      case "PATCH" -> patch(target, call);
      case "DELETE" -> {
        if (!target.subresource().isEmpty()) {
          throw ApiException.methodNotAllowed();
        }
        yield Answer.json(deletion.delete(target.type(), target.key(), Bodies.deleteOptions(call)));
      }
      default -> throw ApiException.methodNotAllowed();
    };
  }

  private Answer get(Target target, Call call) {
    Stored stored = objects.get(target.type(), target.key());
    if (!Tables.isWanted(call)) {
      return Answer.json(Representation.json(target.type(), stored));
    }
    return Answer.json(
        tables.of(
            target.type(),
            List.of(Representation.read(target.type(), stored)),
            Long.toString(stored.revision()),
            call.parameter("includeObject"),
            true));
  }

  private Answer create(Target target, Call call) {
    ObjectNode body = bodies.object(call, target.type(), target.namespace());
    return Answer.of(
        objects.create(target.type(), target.namespace(), body, Bodies.writeOptions(call)));
  }

  private Answer put(Target target, Call call) {
    ObjectNode body = bodies.object(call, target.type(), target.namespace());
    ResourceType type = target.type();
    if (type.isCustom() && Json.text(body, "metadata", "resourceVersion").isEmpty()) {
      throw ApiException.invalid(
          type,
          target.name(),
          List.of(
              FieldError.invalid(
                  "metadata.resourceVersion",
                  IntNode.valueOf(0),
                  "must be specified for an update")));
    }
    return Answer.of(change(target, live -> body.deepCopy(), Bodies.writeOptions(call)));
  }

  private Answer patch(Target target, Call call) {
    WriteOptions options = Bodies.writeOptions(call);
    if (!Bodies.contentType(call).equals(PatchHandler.APPLY)) {
      return Answer.of(change(target, PatchHandler.change(call, target.type()), options));
    }
    if (call.parameter("fieldManager").isEmpty()) {
      throw ApiException.managerRequired();
    }
    ObjectNode wanted = bodies.object(call, target.type(), target.namespace());
    Json.putIfAbsent(Json.metadata(wanted), "name", target.name());
    return Answer.of(
        objects.apply(target.type(), target.key(), target.subresource(), wanted, options));
  }

  private Written change(Target target, ObjectChange change, WriteOptions options) {
    return objects.change(target.type(), target.key(), target.subresource(), change, options);
  }

  private Answer deleteAll(Target target, Call call) {
    DeleteOptions options = Bodies.deleteOptions(call);
    ObjectNode list =
        Json.object()
            .put("kind", target.type().kind() + "List")
            .put("apiVersion", target.type().apiVersion());
    list.putObject("metadata");
    for (Stored stored : lists.selected(target, call)) {
      try {
        deletion.delete(target.type(), stored.key(), options);
        Json.list(list, "items").add(Representation.read(target.type(), stored));
      } catch (ApiException e) {
        if (e.code() != 404) {
          throw e;
        }
        // someone else was faster, which is what the caller wants
      }
    }
    return Answer.json(list);
  }

  private Answer scale(Target target, Call call) {
    ResourceType type = target.type();
    return switch (call.method()) {
      case "GET" -> Answer.json(Scales.of(type, read(target)));
      case "PUT" -> {
        ObjectNode scale = Bodies.any(call);
        yield scaled(target, live -> Scales.applied(type, live, scale), call);
      }
      case "PATCH" -> {
        ObjectChange patch = PatchHandler.change(call, type);
        yield scaled(
            target, live -> Scales.applied(type, live, patch.from(Scales.of(type, live))), call);
      }
      default -> throw ApiException.methodNotAllowed();
    };
  }

  private Answer scaled(Target target, ObjectChange change, Call call) {
    Written written =
        objects.change(target.type(), target.key(), "", change, Bodies.writeOptions(call));
    return Answer.json(Scales.of(target.type(), written.object()));
  }

  private ObjectNode read(Target target) {
    return Representation.read(target.type(), objects.get(target.type(), target.key()));
  }

  private Answer evict(Target target, Call call) {
    if (!call.method().equals("POST")) {
      throw ApiException.methodNotAllowed();
    }
    ObjectKey key = target.key();
    deletion.delete(target.type(), key, Bodies.deleteOptions(call));
    ObjectNode done = Json.object().put("kind", "Status").put("apiVersion", "v1");
    return Answer.created(done.put("status", "Success"));
  }
}
