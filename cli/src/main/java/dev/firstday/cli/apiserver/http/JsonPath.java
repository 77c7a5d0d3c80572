package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The JSONPath of printer columns: {@code .a.b}, {@code ['a']}, {@code [0]}, {@code [*]}, {@code
 * [?(@.type=="Ready")]}. What it does not know finds nothing.
 */
final class JsonPath {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.?(?:"
              + "(?<field>(?:[^.\\[\\]\\\\]|\\\\.)+)"
              + "|\\[(?<index>-?\\d+)]"
              + "|\\[['\"](?<quoted>[^'\"]*)['\"]]"
              + "|(?<all>\\[\\*])"
              + "|\\[\\?\\(\\s*@(?<path>[^=!<>]*?)\\s*(?<op>==|!=)\\s*(?<value>[^)]*?)\\s*\\)]"
              + ")");

  private final List<Function<JsonNode, Stream<JsonNode>>> steps = new ArrayList<>();

  private JsonPath() {}

  static JsonPath parse(String text) {
    JsonPath path = new JsonPath();
    Matcher matcher = STEP.matcher(text);
    int end = 0;
    while (end < text.length() && matcher.find(end) && matcher.start() == end) {
      path.steps.add(step(matcher));
      end = matcher.end();
    }
    if (end < text.length()) {
      path.steps.add(node -> Stream.empty());
    }
    return path;
  }

  /** What it leads to, without what is missing. */
  List<JsonNode> find(JsonNode root) {
    Stream<JsonNode> found = Stream.of(root);
    for (Function<JsonNode, Stream<JsonNode>> step : steps) {
      found = found.flatMap(step);
    }
    return found.filter(node -> !node.isMissingNode() && !node.isNull()).toList();
  }

  private static Function<JsonNode, Stream<JsonNode>> step(Matcher matcher) {
    if (matcher.group("field") != null) {
      String field = matcher.group("field").replaceAll("\\\\(.)", "$1");
      return node -> Stream.of(node.path(field));
    }
    if (matcher.group("quoted") != null) {
      String field = matcher.group("quoted");
      return node -> Stream.of(node.path(field));
    }
    if (matcher.group("index") != null) {
      int index = Integer.parseInt(matcher.group("index"));
      return node -> Stream.of(node.path(index < 0 ? node.size() + index : index));
    }
    if (matcher.group("all") != null) {
      return JsonPath::children;
    }
    JsonPath path = parse(matcher.group("path"));
    String value = matcher.group("value").replaceAll("^['\"]|['\"]$", "");
    boolean wantsEqual = matcher.group("op").equals("==");
    return node ->
        children(node)
            .filter(
                child ->
                    wantsEqual
                        == path.find(child).stream().anyMatch(it -> it.asText().equals(value)));
  }

  private static Stream<JsonNode> children(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }
}
