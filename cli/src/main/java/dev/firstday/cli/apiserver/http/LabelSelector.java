package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.objects.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code labelSelector}: {@code app=a,tier!=b,env in (x,y),env notin (z),canary,!old}. */
final class LabelSelector {
  private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_./]*)";
  private static final String VALUE = "([-A-Za-z0-9_.]*)";
  private static final Pattern TERM =
      Pattern.compile(
          "\\s*(?:"
              + ("(?<absent>!\\s*" + KEY + ")")
              + ("|(?<setKey>" + KEY + ")\\s+(?<setOp>in|notin)\\s*\\((?<values>[^)]*)\\)")
              + ("|(?<key>" + KEY + ")\\s*(?<op>==|=|!=)\\s*(?<value>" + VALUE + ")")
              + ("|(?<present>" + KEY + ")")
              + ")\\s*(?:,|$)");

  private LabelSelector() {}

  /** Whether an object has the labels; {@code ""} selects all. */
  static Predicate<JsonNode> parse(String text) {
    List<Predicate<JsonNode>> terms = new ArrayList<>();
    Matcher matcher = TERM.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw ApiException.badRequest(
            "unable to parse requirement: found '" + text.substring(end) + "' in labelSelector");
      }
      terms.add(term(matcher));
      end = matcher.end();
    }
    return object -> {
      JsonNode labels = object.path("metadata").path("labels");
      return terms.stream().allMatch(term -> term.test(labels));
    };
  }

  private static Predicate<JsonNode> term(Matcher matcher) {
    if (matcher.group("absent") != null) {
      String key = matcher.group("absent").substring(1).strip();
      return labels -> !labels.has(key);
    }
    if (matcher.group("present") != null) {
      String key = matcher.group("present");
      return labels -> labels.has(key);
    }
    if (matcher.group("setKey") != null) {
      String key = matcher.group("setKey");
      Set<String> values = Set.copyOf(List.of(matcher.group("values").strip().split("\\s*,\\s*")));
      boolean isIn = matcher.group("setOp").equals("in");
      return labels -> isIn == (labels.has(key) && values.contains(Json.text(labels, key)));
    }
    String key = matcher.group("key");
    String value = matcher.group("value");
    boolean isEqual = !matcher.group("op").equals("!=");
    return labels -> isEqual == (labels.has(key) && Json.text(labels, key).equals(value));
  }
}
