package dev.firstday.cli.apiserver.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.store.ResourceId;
import java.util.Map;

/**
 * Events are spoken of in two groups with two sets of words, and kept in those of the core group.
 */
final class Events {
  static final String GROUP = "events.k8s.io";
  static final ResourceId STORED = new ResourceId("", "events");

  private static final Map<String, String> CORE_WORDS =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");

  private Events() {}

  static void toCore(ObjectNode event) {
    event.put("apiVersion", "v1");
    CORE_WORDS.forEach((word, core) -> rename(event, word, core));
  }

  static void fromCore(ObjectNode event) {
    event.put("apiVersion", GROUP + "/v1");
    CORE_WORDS.forEach((word, core) -> rename(event, core, word));
  }

  private static void rename(ObjectNode event, String from, String to) {
    JsonNode value = event.remove(from);
    if (value != null) {
      event.set(to, value);
    }
  }
}
