package dev.firstday.cli.apiserver.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.schema.FieldError;
import java.util.List;

/** A kind's own ways, where it has any. */
public interface KindRules {

  /** Completes an object that is about to be created; its metadata is complete already. */
  default void complete(ObjectNode object) {}

  /**
   * Completes an object that is about to be updated.
   *
   * @param live what it is going to replace
   */
  default void complete(JsonNode live, ObjectNode object) {}

  default List<FieldError> check(JsonNode object) {
    return List.of();
  }

  default List<FieldError> checkUpdate(JsonNode live, JsonNode object) {
    return List.of();
  }

  /** Whether {@code metadata.generation} counts the changes of the spec. */
  default boolean hasGeneration() {
    return false;
  }

  /** For kinds without ways of their own. */
  record Plain() implements KindRules {}
}
