package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.objects.ApiException;
import dev.firstday.cli.apiserver.store.ObjectKey;
import dev.firstday.cli.apiserver.store.Snapshot;
import dev.firstday.cli.apiserver.store.Store;
import dev.firstday.cli.apiserver.store.Stored;
import dev.firstday.cli.apiserver.type.Representation;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Collections, whole or page by page. */
final class Lists {
  private final Store store;
  private final Tables tables;

  Lists(Store store, Tables tables) {
    this.store = store;
    this.tables = tables;
  }

  /**
   * A page.
   *
   * @param revision a watch from here misses nothing of any page: the first page's
   * @param next where the next page starts, {@code ""} after the last
   */
  private record Page(List<Stored> objects, long revision, String next) {}

  Answer list(Target target, Call call) {
    Page page = page(target, call);
    if (Tables.isWanted(call)) {
      List<ObjectNode> objects =
          page.objects().stream()
              .map(stored -> Representation.read(target.type(), stored))
              .toList();
      ObjectNode table =
          tables.of(
              target.type(),
              objects,
              Long.toString(page.revision()),
              call.parameter("includeObject"),
              true);
      if (!page.next().isEmpty()) {
        Json.metadata(table).put("continue", page.next());
      }
      return Answer.json(table);
    }
    return Answer.json(bytes(target, page));
  }

  /** The objects that are selected, without their number being limited. */
  List<Stored> selected(Target target, Call call) {
    Selection selection = Selection.of(target, call);
    return store.list(target.type().storedIn(), target.namespace()).objects().stream()
        .filter(selection::has)
        .toList();
  }

  private Page page(Target target, Call call) {
    Selection selection = Selection.of(target, call);
    Snapshot snapshot = store.list(target.type().storedIn(), target.namespace());
    String token = call.parameter("continue");
    JsonNode from = token.isEmpty() ? Json.object() : decoded(token);
    ObjectKey after = new ObjectKey(Json.text(from, "namespace"), Json.text(from, "name"));
    long revision = from.path("revision").asLong(snapshot.revision());
    long limit = call.parameter("limit").isEmpty() ? 0 : Long.parseLong(call.parameter("limit"));
    List<Stored> objects = new ArrayList<>();
    for (Stored stored : snapshot.objects()) {
      if (stored.key().compareTo(after) > 0 && selection.has(stored)) {
        if (limit > 0 && objects.size() == limit) {
          return new Page(
              objects, revision, encoded(objects.get(objects.size() - 1).key(), revision));
        }
        objects.add(stored);
      }
    }
    return new Page(objects, revision, "");
  }

  private static byte[] bytes(Target target, Page page) {
    ObjectNode head =
        Json.object()
            .put("kind", target.type().kind() + "List")
            .put("apiVersion", target.type().apiVersion());
    ObjectNode metadata =
        head.putObject("metadata").put("resourceVersion", Long.toString(page.revision()));
    if (!page.next().isEmpty()) {
      metadata.put("continue", page.next());
    }
    byte[] start = Json.bytes(head);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(start, 0, start.length - 1);
    out.writeBytes(",\"items\":[".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < page.objects().size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(Representation.json(target.type(), page.objects().get(i)));
    }
    out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static String encoded(ObjectKey last, long revision) {
    ObjectNode token =
        Json.object()
            .put("revision", revision)
            .put("namespace", last.namespace())
            .put("name", last.name());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(token));
  }

  private static JsonNode decoded(String token) {
    try {
      return Json.parse(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw ApiException.badRequest("continue key is not valid: " + e.getMessage());
    }
  }
}
