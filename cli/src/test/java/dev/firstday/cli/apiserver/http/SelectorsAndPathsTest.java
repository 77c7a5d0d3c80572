package dev.firstday.cli.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.objects.ApiException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorsAndPathsTest {
  private static final JsonNode OBJECT =
      Json.parse(
          """
          {"metadata":{"name":"one","labels":{"app":"a","tier":"x","example.com/k":"v","empty":""}},
           "spec":{"list":[{"n":1},{"n":2}],"dotted.name":"d"},
           "status":{"phase":"Running","conditions":[
             {"type":"Ready","status":"True"},{"type":"Stalled","status":"False"}]}}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                       | true
          app=a                    | true
          app==a,tier!=y           | true
          app = a , tier = x       | true
          app!=a                   | false
          missing!=a               | true
          app in (b, a)            | true
          app in (b,c)             | false
          app notin (b,c)          | true
          missing notin (b)        | true
          app                      | true
          missing                  | false
          !missing                 | true
          !app                     | false
          example.com/k=v,app in (a),tier | true
          empty=                   | true
          """)
  void labelSelectors(String selector, boolean selects) {
    String text = selector == null ? "" : selector;
    assertThat(LabelSelector.parse(text).test(OBJECT)).isEqualTo(selects);
  }

  @Test
  void aLabelSelectorThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> LabelSelector.parse("a in b"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("a in b");
  }

  @ParameterizedTest
  @CsvSource({
    "metadata.name=one,true",
    "metadata.name==one,true",
    "metadata.name!=one,false",
    "status.phase!=Failed,true",
    "spec.nodeName=,true"
  })
  void fieldSelectors(String selector, boolean selects) {
    assertThat(FieldSelector.parse(selector).test(OBJECT)).isEqualTo(selects);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          .metadata.name                                     | ["one"]
          .status.conditions[?(@.type=="Ready")].status      | ["True"]
          .status.conditions[?(@.type != 'Ready')].status    | ["False"]
          .status.conditions[*].type                         | ["Ready","Stalled"]
          .spec.list[1].n                                    | [2]
          .spec.list[-1].n                                   | [2]
          .spec.dotted\\.name                                | ["d"]
          .metadata.labels['example.com/k']                  | ["v"]
          .metadata.labels.example\\.com/k                   | ["v"]
          .not.there                                         | []
          .spec.list[1:2].n                                  | []
          """)
  void pathsOfColumns(String path, String found) {
    assertThat(JsonPath.parse(path).find(OBJECT))
        .isEqualTo(Json.stream(Json.parse(found)).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "0,0s",
    "119,119s",
    "120,2m",
    "205,3m25s",
    "599,9m59s",
    "660,11m",
    "10800,3h",
    "12060,3h21m",
    "36000,10h",
    "172800,2d",
    "190800,2d5h",
    "864000,10d"
  })
  void ages(long seconds, String shown) {
    assertThat(HumanDuration.of(Duration.ofSeconds(seconds))).isEqualTo(shown);
  }
}
