package dev.firstday.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.server.v2.ProtocolException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class V2PathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "/v2                               | - | - | ''",
        "/v2/                              | - | - | ''",
        "/v2/health/live                   | - | - | health/live",
        "/v2/models                        | - | - | models",
        "/v2/models/m                      | m | - | ''",
        "/v2/models/m/ready                | m | - | ready",
        "/v2/models/m/infer                | m | - | infer",
        "/v2/models/m/infer/               | m | - | infer",
        "/v2/models/m/versions/3           | m | 3 | ''",
        "/v2/models/m/versions/3/infer     | m | 3 | infer",
        "/v2/models/versions/versions/1    | versions | 1 | ''",
        "/v2/models/m/versions             | m | - | versions"
      })
  void aPathIsTakenApart(String path, String model, String version, String resource) {
    assertThat(V2Path.of(path)).isEqualTo(new V2Path(model, version, resource));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//v2",
        "v2",
        "/v1",
        "/v2x",
        "/v2/model",
        "/v2/health",
        "/v2/health/live/x",
        "/v2/models/m/infer/x",
        "/v2/models/m/versions/3/infer/x"
      })
  void whatIsNoPathOfTheProtocolIsNotFound(String path) {
    assertThatThrownBy(() -> V2Path.of(path))
        .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.status()).isEqualTo(404))
        .hasMessageContaining("nothing is at " + path);
  }
}
