package dev.firstday.cli.odcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** YAML on one line, quoted where it must be. */
final class Flow {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*( [A-Za-z0-9_]+)*");
  private static final Set<String> NOT_TEXT =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf");

  private Flow() {}

  static String text(String value) {
    return text(TextNode.valueOf(value));
  }

  static String text(JsonNode node) {
    if (node.isObject()) {
      StringJoiner fields = new StringJoiner(", ", "{", "}");
      node.properties()
          .forEach(field -> fields.add(field.getKey() + ": " + text(field.getValue())));
      return fields.toString();
    }
    if (node.isArray()) {
      StringJoiner elements = new StringJoiner(", ", "[", "]");
      node.forEach(element -> elements.add(text(element)));
      return elements.toString();
    }
    if (node.isTextual()) {
      boolean plain =
          PLAIN.matcher(node.asText()).matches()
              && !NOT_TEXT.contains(node.asText().toLowerCase(Locale.ROOT));
      return plain ? node.asText() : node.toString();
    }
    if (node.isDouble()) {
      return new BigDecimal(Double.toString(node.asDouble())).stripTrailingZeros().toPlainString();
    }
    return node.toString();
  }
}
