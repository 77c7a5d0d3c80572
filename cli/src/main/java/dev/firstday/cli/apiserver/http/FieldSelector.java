package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.objects.ApiException;
import java.util.function.Predicate;

/** {@code fieldSelector}: {@code metadata.name=a,status.phase!=Running}, of any field. */
final class FieldSelector {
  private FieldSelector() {}

  static Predicate<JsonNode> parse(String text) {
    Predicate<JsonNode> all = object -> true;
    for (String term : text.split(",")) {
      if (!term.isBlank()) {
        all = all.and(term(term.strip()));
      }
    }
    return all;
  }

  private static Predicate<JsonNode> term(String term) {
    int equals = term.indexOf('=');
    if (equals <= 0) {
      throw ApiException.badRequest(
          "invalid selector: '" + term + "'; can't understand '" + term + "'");
    }
    boolean isDifferent = term.charAt(equals - 1) == '!';
    String[] path = term.substring(0, isDifferent ? equals - 1 : equals).split("\\.");
    String value = term.substring(equals + (term.startsWith("==", equals) ? 2 : 1));
    return object -> Json.text(object, path).equals(value) != isDifferent;
  }
}
