package dev.firstday.cli.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.patch.ApplyConflictException.Conflict;
import dev.firstday.cli.apiserver.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Server-side apply: the manager says all that it wants of an object; what it said before and says
 * no longer goes away unless someone else wants it too.
 */
public final class ServerSideApply {
  private ServerSideApply() {}

  /**
   * @param live the object, or an empty one when it is not there yet
   * @param applied what the manager wants, all of it
   * @param force whether fields of others that differ are taken over
   */
  public static ObjectNode apply(
      Schema schema,
      ObjectNode live,
      ObjectNode applied,
      Manager manager,
      boolean force,
      String time)
      throws ApplyConflictException {
    Ownership ownership = Ownership.of(live);
    FieldSet wanted = Ownership.ownable(Fields.of(schema, applied));
    JsonNode merged = Fields.merge(schema, live, applied);
    FieldSet changed = Fields.changed(schema, live, merged).intersection(wanted);

    List<Conflict> conflicts = new ArrayList<>();
    FieldSet owned = FieldSet.empty();
    for (Map.Entry<Manager, FieldSet> other : ownership.others(manager).entrySet()) {
      FieldSet disputed = other.getValue().intersection(changed);
      collect(disputed, "", field -> conflicts.add(new Conflict(other.getKey().toString(), field)));
      FieldSet left = other.getValue().minus(disputed);
      ownership.set(other.getKey(), left, time);
      owned = owned.union(left);
    }
    if (!conflicts.isEmpty() && !force) {
      throw new ApplyConflictException(conflicts);
    }
    FieldSet given = ownership.fields(manager).minus(wanted);
    FieldSet gone = given.minus(owned);
    ObjectNode result = (ObjectNode) Fields.remove(schema, merged, gone, owned.union(wanted));
    ownership.set(manager, wanted, time);
    ownership.writeTo(result);
    return result;
  }

  private static void collect(FieldSet fields, String path, Consumer<String> into) {
    fields
        .children()
        .forEach(
            (step, child) -> {
              String at = path + shown(step);
              if (child.isMember()) {
                into.accept(at);
              }
              collect(child, at, into);
            });
  }

  private static String shown(String step) {
    String name = step.substring(2);
    if (!Steps.isItem(step)) {
      return "." + name;
    }
    if (step.startsWith("v:")) {
      return "[=" + name + "]";
    }
    JsonNode keys = Json.parse(name);
    List<String> pairs = new ArrayList<>();
    keys.properties().forEach(key -> pairs.add(key.getKey() + "=" + key.getValue()));
    return "[" + String.join(",", pairs) + "]";
  }
}
