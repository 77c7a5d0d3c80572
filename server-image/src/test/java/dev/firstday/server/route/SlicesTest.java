package dev.firstday.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.server.http.Call;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlicesTest {
  private static Call call(String body) {
    return new Call("id", "m", null, null, "application/json", null, Buffer.buffer(body));
  }

  private static List<String> values(String body, String column, int rows) {
    return Slices.of(call(body), List.of(column), rows).values().get(column);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"carrier\":\"UA\"},{\"carrier\":\"DL\"}]",
        "{\"instances\":[{\"carrier\":\"UA\"},{\"carrier\":\"DL\"}]}",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"BOOL\",\"shape\":[2],\"data\":[true,true]},"
            + "{\"name\":\"carrier\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"UA\",\"DL\"]}]}",
        "{\"inputs\":[{\"name\":\"carrier\",\"datatype\":\"BYTES\",\"shape\":[2,1],"
            + "\"data\":[[\"UA\"],[\"DL\"]]}]}"
      })
  void everyFormOfARequestIsRead(String body) {
    assertThat(values(body, "carrier", 2)).containsExactly("UA", "DL");
  }

  @Test
  void binaryTensorsAreReadToo() {
    String json =
        "{\"inputs\":[{\"name\":\"hour\",\"datatype\":\"FP32\",\"shape\":[2],"
            + "\"parameters\":{\"binary_data_size\":8}}]}";
    byte[] binary =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(17).putFloat(.1f).array();
    Call call =
        new Call(
            "id",
            "m",
            null,
            null,
            "application/octet-stream",
            String.valueOf(json.length()),
            Buffer.buffer(json).appendBytes(binary));

    assertThat(Slices.of(call, List.of("hour"), 2).values().get("hour"))
        .containsExactly("17", "0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "17 | 17",
        "17.0 | 17",
        "1e3 | 1000",
        "-0.0 | 0",
        "17.25 | 17.25",
        "true | true",
        "null | missing",
        "[1] | [1]",
        "\"\" | ''",
        "\"a\\u001b[31mb\" | a?[31mb",
        "123456789012345678901234567890 | 123456789012345678901234567890"
      })
  void aValueIsNamedAsItWasSent(String json, String value) {
    assertThat(values("{\"x\":" + json + "}", "x", 1)).containsExactly(value);
  }

  @Test
  void longValuesAreCut() {
    assertThat(values("{\"x\":\"" + "é".repeat(50) + "\"}", "x", 1))
        .containsExactly("é".repeat(40));
    assertThat(values("{\"x\":\"" + "\uD83D\uDE00".repeat(50) + "\"}", "x", 1))
        .containsExactly("\uD83D\uDE00".repeat(40));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"y\":1}",
        "nonsense",
        "{\"inputs\":[]}",
        "{\"inputs\":[{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[1,2],\"data\":[1,2]}]}",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,2],\"data\":[1,2]}]}"
      })
  void aColumnThatTheRequestLacksIsMissing(String body) {
    assertThat(values(body, "x", 1)).containsExactly(Slices.MISSING);
  }

  @Test
  void rowsThatTheRequestLacksAreMissing() {
    assertThat(values("{\"x\":1}", "x", 2)).containsExactly("1", Slices.MISSING);
    assertThat(values("[{\"x\":1},{\"x\":2}]", "x", 1)).containsExactly("1");
  }

  @Test
  void nothingIsReadWhenNothingIsAskedFor() {
    assertThat(Slices.of(null, List.of(), 1)).isEqualTo(Slices.NONE);
    assertThat(Slices.of(null, List.of("x"), 0)).isEqualTo(Slices.NONE);
    assertThat(Slices.of(call("{\"x\":1}"), Collections.nCopies(2, "x"), 1).values()).hasSize(1);
  }
}
