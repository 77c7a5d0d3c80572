package dev.firstday.cli.apiserver.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTest {
  private static final Schema SCHEMA =
      Schema.of(
          Json.parse(
              """
              {"type":"object","properties":{
                "metadata":{"type":"object","properties":{
                  "name":{"type":"string"},
                  "labels":{"type":"object","additionalProperties":{"type":"string"}},
                  "finalizers":{"type":"array","x-kubernetes-list-type":"set","x-kubernetes-patch-strategy":"merge","items":{"type":"string"}}}},
                "spec":{"type":"object","properties":{
                  "replicas":{"type":"integer"},
                  "image":{"type":"string"},
                  "args":{"type":"array","items":{"type":"string"}},
                  "strategy":{"type":"object","x-kubernetes-patch-strategy":"retainKeys","properties":{"type":{"type":"string"},"rolling":{"type":"object"}}},
                  "ports":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["port","protocol"],
                    "x-kubernetes-patch-strategy":"merge","x-kubernetes-patch-merge-key":"port",
                    "items":{"type":"object","properties":{
                      "port":{"type":"integer"},"protocol":{"type":"string","default":"TCP"},"name":{"type":"string"}}}}}}}}
              """),
          Json.object());
  private static final Manager ANNA = new Manager("anna", Manager.Operation.APPLY, "t/v1", "");
  private static final Manager BERT = new Manager("bert", Manager.Operation.APPLY, "t/v1", "");
  private static final String NOW = "2026-01-01T00:00:00Z";

  /** The examples of RFC 7386, appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":"b"}            | {"a":"c"}            | {"a":"c"}
          {"a":"b"}            | {"b":"c"}            | {"a":"b","b":"c"}
          {"a":"b"}            | {"a":null}           | {}
          {"a":"b","b":"c"}    | {"a":null}           | {"b":"c"}
          {"a":["b"]}          | {"a":"c"}            | {"a":"c"}
          {"a":"c"}            | {"a":["b"]}          | {"a":["b"]}
          {"a":{"b":"c"}}      | {"a":{"b":"d","c":null}} | {"a":{"b":"d"}}
          {"a":[{"b":"c"}]}    | {"a":[1]}            | {"a":[1]}
          ["a","b"]            | ["c","d"]            | ["c","d"]
          {"a":"b"}            | ["c"]                | ["c"]
          {"e":null}           | {"a":1}              | {"e":null,"a":1}
          [1,2]                | {"a":"b","c":null}   | {"a":"b"}
          {}                   | {"a":{"bb":{"ccc":null}}} | {"a":{"bb":{}}}
          """)
  void mergePatch(String target, String patch, String result) {
    assertThat(MergePatch.apply(Json.parse(target), Json.parse(patch)))
        .isEqualTo(Json.parse(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"ports":[{"port":1,"name":"a"}]} | {"ports":[{"port":1,"name":"b"},{"port":2}]} | {"ports":[{"port":1,"name":"b"},{"port":2}]}
          {"ports":[{"port":1},{"port":2}]} | {"ports":[{"port":1,"$patch":"delete"}]}     | {"ports":[{"port":2}]}
          {"ports":[{"port":1},{"port":2}]} | {"ports":[{"$patch":"replace"},{"port":3}]}  | {"ports":[{"port":3}]}
          {"ports":[{"port":1},{"port":2}]} | {"$setElementOrder/ports":[{"port":2},{"port":1}]} | {"ports":[{"port":2},{"port":1}]}
          {"args":["a"]}                    | {"args":["b"]}                               | {"args":["b"]}
          {"replicas":1}                    | {"replicas":null}                            | {}
          {"strategy":{"type":"R","rolling":{"x":1}}} | {"strategy":{"$retainKeys":["type"],"type":"C"}} | {"strategy":{"type":"C"}}
          """)
  void strategicMergePatchMeetsItemsByTheirKeys(String target, String patch, String result) {
    ObjectNode patched =
        StrategicMergePatch.apply(SCHEMA.property("spec"), object(target), object(patch));
    assertThat(patched).isEqualTo(Json.parse(result));
  }

  @Test
  void strategicMergePatchTakesValuesOutOfSets() {
    ObjectNode patched =
        StrategicMergePatch.apply(
            SCHEMA.property("metadata"),
            object("{\"finalizers\":[\"a\",\"b\"]}"),
            object("{\"$deleteFromPrimitiveList/finalizers\":[\"a\"],\"finalizers\":[\"c\"]}"));
    assertThat(Json.texts(patched.get("finalizers"))).containsExactly("b", "c");
  }

  @Test
  void whatAManagerNoLongerAppliesGoesAway() throws ApplyConflictException {
    ObjectNode live =
        apply(
            ANNA,
            object("{}"),
            "{\"spec\":{\"replicas\":2,\"image\":\"x\",\"ports\":[{\"port\":1},{\"port\":2}]}}");
    ObjectNode after = apply(ANNA, live, "{\"spec\":{\"replicas\":2,\"ports\":[{\"port\":2}]}}");
    assertThat(after.get("spec"))
        .isEqualTo(Json.parse("{\"replicas\":2,\"ports\":[{\"port\":2}]}"));
  }

  @Test
  void whatSomeoneElseAppliesAsWellStays() throws ApplyConflictException {
    ObjectNode live = apply(ANNA, object("{}"), "{\"spec\":{\"replicas\":2,\"image\":\"x\"}}");
    live =
        apply(BERT, live, "{\"spec\":{\"image\":\"x\"},\"metadata\":{\"finalizers\":[\"bert\"]}}");
    ObjectNode after = apply(ANNA, live, "{\"spec\":{\"replicas\":2}}");
    assertThat(Json.text(after, "spec", "image")).isEqualTo("x");
    assertThat(Json.texts(after.path("metadata").path("finalizers"))).containsExactly("bert");
  }

  @Test
  void theSameAgainChangesNothing() throws ApplyConflictException {
    String wanted =
        "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"ports\":[{\"port\":1,\"name\":\"n\"}]}}";
    ObjectNode live = apply(ANNA, object("{}"), wanted);
    assertThat(ServerSideApply.apply(SCHEMA, live, object(wanted), ANNA, false, "later"))
        .isEqualTo(live);
  }

  @Test
  void anItemIsTheSameWithAKeyLeftOutThatHasADefault() throws ApplyConflictException {
    ObjectNode live =
        apply(ANNA, object("{}"), "{\"spec\":{\"ports\":[{\"port\":1,\"protocol\":\"TCP\"}]}}");
    ObjectNode after = apply(BERT, live, "{\"spec\":{\"ports\":[{\"port\":1,\"name\":\"n\"}]}}");
    assertThat(after.path("spec").path("ports")).hasSize(1);
  }

  @Test
  void anothersFieldIsTakenByForceOnly() throws ApplyConflictException {
    ObjectNode live =
        apply(
            ANNA,
            object("{}"),
            "{\"spec\":{\"replicas\":2,\"ports\":[{\"port\":1,\"name\":\"a\"}]}}");
    String other = "{\"spec\":{\"replicas\":3,\"ports\":[{\"port\":1,\"name\":\"b\"}]}}";

    assertThatThrownBy(() -> apply(BERT, live, other))
        .isInstanceOf(ApplyConflictException.class)
        .hasMessage(
            """
            Apply failed with 2 conflicts: conflicts with "anna":
            - .spec.ports[port=1,protocol="TCP"].name
            - .spec.replicas\
            """);

    ObjectNode forced = ServerSideApply.apply(SCHEMA, live, object(other), BERT, true, NOW);
    assertThat(forced.path("spec").path("replicas").asInt()).isEqualTo(3);
    ObjectNode after = apply(ANNA, forced, "{\"spec\":{\"ports\":[{\"port\":1}]}}");
    assertThat(after.path("spec")).isEqualTo(forced.path("spec"));
  }

  @Test
  void anUpdateTakesTheFieldsThatItChanges() throws ApplyConflictException {
    ObjectNode live = apply(ANNA, object("{}"), "{\"spec\":{\"replicas\":2,\"image\":\"x\"}}");
    ObjectNode updated = live.deepCopy();
    ((ObjectNode) updated.get("spec")).put("replicas", 5);
    Manager scaler = new Manager("scaler", Manager.Operation.UPDATE, "t/v1", "");
    Ownership.noteUpdate(SCHEMA, live, updated, scaler, NOW);

    assertThatThrownBy(() -> apply(ANNA, updated, "{\"spec\":{\"replicas\":2,\"image\":\"x\"}}"))
        .hasMessage(
            "Apply failed with 1 conflict: conflict with \"scaler\" using t/v1: .spec.replicas");
    ObjectNode after = apply(ANNA, updated, "{\"spec\":{\"image\":\"x\"}}");
    assertThat(after.path("spec").path("replicas").asInt()).isEqualTo(5);
  }

  @Test
  void fieldSetsAreWrittenAsKubernetesWritesThem() {
    FieldSet fields =
        Fields.of(
            SCHEMA,
            Json.parse(
                "{\"metadata\":{\"finalizers\":[\"x\"]},\"spec\":{\"args\":[\"a\"],\"ports\":[{\"port\":1,\"name\":\"n\"}]}}"));
    assertThat(fields.toJson())
        .isEqualTo(
            Json.parse(
                """
                {"f:metadata":{"f:finalizers":{"v:\\"x\\"":{}}},
                 "f:spec":{"f:args":{},"f:ports":{
                   "k:{\\"port\\":1,\\"protocol\\":\\"TCP\\"}":{".":{},"f:name":{},"f:port":{}}}}}
                """));
    assertThat(FieldSet.parse(fields.toJson())).isEqualTo(fields);
  }

  private static ObjectNode apply(Manager manager, ObjectNode live, String wanted)
      throws ApplyConflictException {
    return ServerSideApply.apply(SCHEMA, live, object(wanted), manager, false, NOW);
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) Json.parse(json);
  }
}
