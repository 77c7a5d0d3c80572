package dev.firstday.server.v2;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFaultsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": [1,          | at line 1, column 10: Unexpected end",
        "{\"a\":             | at line 1, column 6: Unexpected end",
        "{\"a\": 1]          | at line 1, column 8: Unexpected close marker",
        "{\"a\": NaN}        | at line 1, column 10: Non-standard token 'NaN'",
        "{\"a\": +1}         | column",
        "{\"a\": 01}         | column",
        "{\"a\": .5}         | column",
        "{'a': 1}            | column",
        "{\"a\": 1, \"a\": 2} | Duplicate field 'a'"
      })
  void whatIsWrongIsToldWithoutTheParsersOwnNames(String body, String told) {
    assertThatThrownBy(() -> V2.readJson(body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("the body is not JSON")
        .hasMessageContaining(told)
        .message()
        .doesNotContain("Source:", "Feature", "Jackson", "enable", "REDACTED");
  }

  @ParameterizedTest
  @CsvSource({"[,]", "9,''"})
  void limitsAreToldWithoutTheParsersOwnNames(String open, String close) {
    String body = open.repeat(1001) + close.repeat(1001);

    assertThatThrownBy(() -> V2.readJson(body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("exceeds the maximum allowed")
        .message()
        .doesNotContain("Constraints", "`");
  }
}
