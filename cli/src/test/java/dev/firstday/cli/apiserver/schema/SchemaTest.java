package dev.firstday.cli.apiserver.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected messages are those of a Kubernetes 1.34. */
class SchemaTest {
  private final CelEngine cel = new CelEngine();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"integer","minimum":1}             | 0        | Invalid value: 0: f in body should be greater than or equal to 1
          {"type":"integer","maximum":9}             | 10       | Invalid value: 10: f in body should be less than or equal to 9
          {"type":"number","minimum":1,"exclusiveMinimum":true} | 1 | Invalid value: 1: f in body should be greater than 1
          {"type":"integer"}                         | "3"      | Invalid value: "string": f in body must be of type integer: "string"
          {"type":"integer"}                         | 1.5      | Invalid value: "number": f in body must be of type integer: "number"
          {"type":"string","pattern":"^[a-z]+$"}     | "UPPER"  | Invalid value: "UPPER": f in body should match '^[a-z]+$'
          {"type":"string","minLength":1,"pattern":"^a"} | ""   | Invalid value: "": f in body should be at least 1 chars long
          {"type":"string","maxLength":2}            | "abc"    | Too long: may not be more than 2 bytes
          {"type":"string","enum":["slow","fast"]}   | "x"      | Unsupported value: "x": supported values: "fast", "slow"
          {"type":"string","format":"date-time"}     | "monday" | Invalid value: "monday": f in body must be of type date-time: "monday"
          {"type":"array","minItems":1}              | []       | Invalid value: 0: f in body should have at least 1 items
          {"type":"array","maxItems":1}              | [1,2]    | Too many: 2: must have at most 1 items
          {"type":"object","maxProperties":1}        | {"a":1,"b":2} | Too many: 2: must have at most 1 items
          {"x-kubernetes-int-or-string":true}        | true     | Invalid value: "boolean": f in body must be of type integer,string: "boolean"
          """)
  void aBrokenRuleIsNamedAsAnApiServerDoes(String rule, String value, String message) {
    assertThat(check(rule, value)).containsExactly("f: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"integer","minimum":1}            | 1
          {"type":"integer"}                        | 2.0
          {"type":"integer","format":"int32"}       | 99999999999
          {"type":"number"}                         | 2
          {"type":"string","nullable":true}         | null
          {"x-kubernetes-int-or-string":true}       | "25%"
          {"anyOf":[{"type":"integer"},{"type":"string"}]} | 3
          {"type":"string","format":"date-time"}    | "2026-01-01T00:00:00Z"
          {"type":"string","format":"duration"}     | "1h30m"
          """)
  void aValueThatFitsIsTaken(String rule, String value) {
    assertThat(check(rule, value)).isEmpty();
  }

  @Test
  void listsThatAreSetsOrMapsHoldNothingTwice() {
    assertThat(
            check("{\"type\":\"array\",\"x-kubernetes-list-type\":\"set\"}", "[\"a\",\"b\",\"a\"]"))
        .containsExactly("f[2]: Duplicate value: \"a\"");
    assertThat(
            check(
                "{\"type\":\"array\",\"x-kubernetes-list-type\":\"map\",\"x-kubernetes-list-map-keys\":[\"name\"]}",
                "[{\"name\":\"x\"},{\"name\":\"x\",\"size\":1}]"))
        .containsExactly("f[1]: Duplicate value: {\"name\":\"x\"}");
  }

  @Test
  void unknownFieldsAreDroppedUnlessTheyAreWelcome() {
    Schema schema =
        schema(
            """
            {"type":"object","properties":{
              "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
              "map":{"type":"object","additionalProperties":{"type":"string"}},
              "items":{"type":"array","items":{"type":"object","properties":{"a":{"type":"integer"}}}}}}
            """);
    ObjectNode object =
        (ObjectNode)
            Json.parse(
                """
                {"bogus":1,"free":{"any":1},"map":{"k":"v"},"items":[{"a":1,"zzz":2}]}
                """);
    assertThat(Pruning.prune(schema, object)).containsExactly("bogus", "items[0].zzz");
    assertThat(object)
        .isEqualTo(
            Json.parse("{\"free\":{\"any\":1},\"map\":{\"k\":\"v\"},\"items\":[{\"a\":1}]}"));
  }

  @Test
  void defaultsAreFilledInWhereTheirParentIsThere() {
    Schema schema =
        schema(
            """
            {"type":"object","properties":{
              "count":{"type":"integer","default":3},
              "gone":{"type":"string"},
              "child":{"type":"object","properties":{"unit":{"type":"string","default":"kg"}}}}}
            """);
    JsonNode alone = Json.parse("{\"gone\":null,\"count\":null}");
    Defaults.apply(schema, alone);
    assertThat(alone).isEqualTo(Json.parse("{\"count\":3}"));
    JsonNode withChild = Json.parse("{\"count\":1,\"child\":{}}");
    Defaults.apply(schema, withChild);
    assertThat(withChild).isEqualTo(Json.parse("{\"count\":1,\"child\":{\"unit\":\"kg\"}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          has(self.a) != has(self.b)                  | {"a":1}           | true
          has(self.a) != has(self.b)                  | {"a":1,"b":2}     | false
          self.a <= self.n                            | {"a":1,"n":1.5}   | true
          self.list.all(x, x > 0)                     | {"list":[1,0]}    | false
          self.list.exists_one(x, x == 2)             | {"list":[1,2]}    | true
          self.text.matches('^[a-z]+$')               | {"text":"abc"}    | true
          self.text.startsWith('s3://')               | {"text":"file:x"} | false
          size(self.text) < 4                         | {"text":"abc"}    | true
          self.__in__ == 1                            | {"in":1}          | true
          duration(self.text) > duration('1m')        | {"text":"90s"}    | true
          self.when < timestamp('2027-01-01T00:00:00Z') | {"when":"2026-01-01T00:00:00Z"} | true
          'k' in self.map                             | {"map":{"k":"v"}} | true
          self.?a.orValue(7) == 7                     | {}                | true
          """)
  void rulesAreCel(String rule, String value, boolean holds) {
    List<FieldError> errors =
        CelRules.check(cel, ruled(rule, ""), Json.parse(value), MissingNode.getInstance());
    if (holds) {
      assertThat(errors).isEmpty();
    } else {
      assertThat(errors)
          .extracting(FieldError::message)
          .containsExactly(": Invalid value: \"object\": failed rule: " + rule);
    }
  }

  @Test
  void aTransitionRuleLooksAtUpdatesOnly() {
    Schema schema = ruled("self.a >= oldSelf.a", ",\"message\":\"a never shrinks\"");
    JsonNode one = Json.parse("{\"a\":1}");
    JsonNode two = Json.parse("{\"a\":2}");
    assertThat(CelRules.check(cel, schema, one, MissingNode.getInstance())).isEmpty();
    assertThat(CelRules.check(cel, schema, two, one)).isEmpty();
    assertThat(CelRules.check(cel, schema, one, two))
        .extracting(FieldError::message)
        .containsExactly(": Invalid value: \"object\": a never shrinks");
  }

  @Test
  void aRuleSpeaksOfTheFieldAndInTheWordsItWants() {
    Schema schema =
        ruled(
            "self.a > 0",
            ",\"fieldPath\":\".a\",\"messageExpression\":\"'a is ' +"
                + " string(self.a)\",\"reason\":\"FieldValueForbidden\"");
    assertThat(CelRules.check(cel, schema, Json.parse("{\"a\":0}"), MissingNode.getInstance()))
        .extracting(FieldError::message)
        .containsExactly(".a: Forbidden: a is 0");
  }

  @Test
  void aRuleThatDoesNotCompileIsNamedWithItsPlace() {
    JsonNode schema =
        Json.parse(
            """
            {"type":"object","properties":{"a":{"type":"integer","x-kubernetes-validations":[{"rule":"self >"}]}}}
            """);
    assertThat(CelRules.compile(cel, schema, "schema"))
        .extracting(FieldError::field)
        .containsExactly("schema.properties[a].x-kubernetes-validations[0].rule");
  }

  private static List<String> check(String rule, String value) {
    ObjectNode object = Json.object();
    object.set("f", Json.parse(value));
    Schema schema = schema("{\"type\":\"object\",\"properties\":{\"f\":" + rule + "}}");
    return Validation.check(schema, object).stream().map(FieldError::message).toList();
  }

  private static Schema ruled(String rule, String more) {
    return schema(
        """
        {"type":"object","x-kubernetes-validations":[{"rule":"%s"%s}],"properties":{
          "a":{"type":"integer"},"b":{"type":"integer"},"n":{"type":"number"},"in":{"type":"integer"},
          "text":{"type":"string"},"when":{"type":"string","format":"date-time"},
          "list":{"type":"array","items":{"type":"integer"}},
          "map":{"type":"object","additionalProperties":{"type":"string"}}}}
        """
            .formatted(rule.strip(), more));
  }

  private static Schema schema(String json) {
    return Schema.of(Json.parse(json), Json.object());
  }
}
