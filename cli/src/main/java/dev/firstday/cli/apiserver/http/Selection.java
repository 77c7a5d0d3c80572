package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.store.Stored;
import dev.firstday.cli.apiserver.type.Representation;
import java.util.function.Predicate;

/** The objects of a collection that a caller wants to see. */
record Selection(Target target, Predicate<JsonNode> predicate) {

  static Selection of(Target target, Call call) {
    Predicate<JsonNode> named =
        target.isCollection()
            ? object -> true
            : FieldSelector.parse("metadata.name=" + target.name());
    return new Selection(
        target,
        named
            .and(LabelSelector.parse(call.parameter("labelSelector")))
            .and(FieldSelector.parse(call.parameter("fieldSelector"))));
  }

  boolean has(Stored stored) {
    boolean isInNamespace =
        target.namespace().isEmpty() || target.namespace().equals(stored.key().namespace());
    return isInNamespace && predicate.test(Representation.read(target.type(), stored));
  }
}
