package dev.firstday.cli.captures;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.terminal.Words;
import dev.firstday.sdk.capture.CaptureDocument.VersionAnswer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a version's answer says, value by value: {@code late[0]} is true. */
final class Outputs {
  private static final int SUMMED_UP = 2;

  private Outputs() {}

  /** The values by name, in the answer's order; none where it is no answer of the protocol. */
  static Map<String, String> of(JsonNode answer) {
    Map<String, String> values = new LinkedHashMap<>();
    if (answer != null) {
      for (JsonNode output : answer.path("outputs")) {
        List<JsonNode> elements = new ArrayList<>();
        flatten(output.path("data"), elements);
        for (int i = 0; i < elements.size(); i++) {
          values.put(
              Words.plain("%s[%d]".formatted(output.path("name").asText("?"), i)),
              Words.plain(elements.get(i).asText()));
        }
      }
    }
    return values;
  }

  /** In a few words: the first values, or why there are none. */
  static String summary(VersionAnswer version, int longest) {
    if (version.status() == null) {
      return Words.cut(Words.plain("no answer: " + version.failure()), longest);
    }
    if (version.status() / 100 != 2) {
      return "status " + version.status();
    }
    List<String> values = new ArrayList<>();
    Iterator<JsonNode> outputs =
        version.answer() == null
            ? List.<JsonNode>of().iterator()
            : version.answer().path("outputs").iterator();
    while (outputs.hasNext() && values.size() < SUMMED_UP) {
      List<JsonNode> elements = new ArrayList<>();
      flatten(outputs.next().path("data"), elements);
      if (!elements.isEmpty()) {
        values.add(elements.get(0).asText() + (elements.size() > 1 ? ", ..." : ""));
      }
    }
    return values.isEmpty()
        ? "status " + version.status()
        : Words.cut(Words.plain(String.join(" ", values)), longest);
  }

  /** Data may be nested or flat. */
  private static void flatten(JsonNode data, List<JsonNode> elements) {
    if (data.isArray()) {
      data.forEach(element -> flatten(element, elements));
    } else if (!data.isMissingNode()) {
      elements.add(data);
    }
  }
}
