package dev.firstday.trainer.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;

/**
 * SQL of others that DuckDB's parser takes for exactly one SELECT; nothing of it has run, nor was
 * any file opened.
 *
 * @param tree the statement, as json_serialize_sql writes it
 */
public record OneSelect(JsonNode tree) {
  // an expression of the greatest depth that DuckDB takes is some thousand levels of JSON
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(5000).build())
                  .build())
          .build();

  /**
   * @throws Refused when the text is something else
   */
  public static OneSelect parse(Database database, String sql) {
    JsonNode parsed = serialise(database, sql);
    if (parsed.path("error").asBoolean()) {
      throw new Refused(error(sql, parsed));
    }
    int statements = parsed.path("statements").size();
    if (statements != 1) {
      throw new Refused("there are " + statements + " statements; it must be exactly one SELECT");
    }
    return new OneSelect(parsed.path("statements").get(0).path("node"));
  }

  /**
   * Requires one expression that stays one when it stands in brackets, with a line's end before the
   * closing one.
   *
   * @throws Refused when the text is something else
   */
  public static OneSelect parseExpression(Database database, String expression) {
    parse(database, "SELECT " + expression);
    OneSelect inBrackets = parse(database, "SELECT (" + expression + "\n)");
    JsonNode tree = inBrackets.tree();
    if (tree.path("select_list").size() != 1
        || !tree.path("from_table").path("type").asText().equals("EMPTY")) {
      throw new Refused("it must be one expression");
    }
    return inBrackets;
  }

  /** The tables that it names, without those that it defines itself. */
  public Set<String> tables() {
    Set<String> named = new TreeSet<>();
    Set<String> defined = new TreeSet<>();
    Deque<JsonNode> left = new ArrayDeque<>();
    left.push(tree);
    while (!left.isEmpty()) {
      JsonNode node = left.pop();
      if (node.path("type").asText().equals("BASE_TABLE")) {
        named.add(node.path("table_name").asText());
      }
      node.path("cte_map").path("map").forEach(cte -> defined.add(cte.path("key").asText()));
      node.forEach(left::push);
    }
    named.removeAll(defined);
    return named;
  }

  private static JsonNode serialise(Database database, String sql) {
    try {
      Object json = database.queryRow("SELECT json_serialize_sql(" + Sql.text(sql) + ")").get(0);
      return JSON.readTree(String.valueOf(json));
    } catch (SqlFailure e) {
      throw new Refused(e.getMessage());
    } catch (JsonProcessingException e) {
      throw new Refused("it is nested too deeply");
    }
  }

  private static String error(String sql, JsonNode error) {
    String message = error.path("error_message").asText();
    if (message.contains("Only SELECT statements")) {
      return "only a SELECT is allowed, and this is something else";
    }
    if (!error.hasNonNull("position")) {
      return message;
    }
    int position = Math.min(error.path("position").asInt(), sql.length());
    String before = sql.substring(0, position);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int column = position - before.lastIndexOf('\n');
    return message + " (line " + line + ", column " + column + ")";
  }

  /** The text is not what it must be; the message says what it is. */
  public static final class Refused extends RuntimeException {
    Refused(String why) {
      super(why);
    }
  }
}
