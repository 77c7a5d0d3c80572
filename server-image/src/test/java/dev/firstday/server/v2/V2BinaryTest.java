package dev.firstday.server.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class V2BinaryTest {
  private static Tensor read(String datatype, int size, byte[] tail, int stated) {
    String json =
        """
        {"inputs":[{"name":"x","datatype":"%s","shape":[%d],\
        "parameters":{"binary_data_size":%d}}]}"""
            .formatted(datatype, size, stated);
    byte[] head = json.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head);
    body.writeBytes(tail);
    InferRequest request = V2.readRequest(body.toByteArray(), String.valueOf(head.length));
    return ((InferRequest.Tensors) request).inputs().get(0);
  }

  @Test
  void numbersAreLittleEndian() {
    assertThat(read("INT32", 1, new byte[] {1, 2, 0, 0}, 4).element(0)).isEqualTo(513L);
    assertThat(read("UINT16", 1, new byte[] {-1, -1}, 2).element(0)).isEqualTo(65535L);
    assertThat(read("INT8", 1, new byte[] {-1}, 1).element(0)).isEqualTo(-1L);
    assertThat(read("FP32", 1, new byte[] {0, 0, (byte) 0xc0, 0x3f}, 4).element(0)).isEqualTo(1.5);
    assertThat(read("FP16", 1, new byte[] {0, 0x3e}, 2).element(0)).isEqualTo(1.5);
    assertThat(read("BOOL", 2, new byte[] {0, 1}, 2).element(1)).isEqualTo(true);
  }

  @Test
  void stringsHaveTheirLengthBeforeThem() {
    Tensor tensor = read("BYTES", 2, new byte[] {2, 0, 0, 0, 'U', 'A', 0, 0, 0, 0}, 10);

    assertThat(((Values.Texts) tensor.values()).elements()).containsExactly("UA", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FP32  | 2 | 00000000       | 4 | 2 values of FP32 are 8 bytes, the binary data has 4",
        "FP32  | 1 | 00000000       | 8 | binary_data_size is 8, but 4 bytes are left",
        "FP32  | 1 | 0000000000     | 4 | 1 bytes follow the last binary tensor",
        "FP32  | 1 | 00000000       | -1 | binary_data_size -1 is no size",
        "BYTES | 2 | 0100000041     | 5 | needs 2 strings, the binary data ends after 1",
        "BYTES | 1 | 0900000041     | 5 | string 0 is 9 bytes long, 1 are left",
        "BYTES | 1 | ffffffff       | 4 | string 0 is 4294967295 bytes long",
        "BYTES | 1 | 01000000ff     | 5 | string 0 is not UTF-8",
        "BYTES | 1 | 010000004141   | 6 | 1 bytes are left over"
      })
  void sizesThatDoNotFitAreRefused(
      String datatype, int size, String hex, int stated, String message) {
    byte[] tail = HexFormat.of().parseHex(hex);

    assertThatThrownBy(() -> read(datatype, size, tail, stated)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "100"})
  void theHeaderMustFitTheBody(String header) {
    assertThatThrownBy(() -> V2.readRequest("{}".getBytes(StandardCharsets.UTF_8), header))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining(Encoded.LENGTH_HEADER);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAnswerReadsAsItWasWritten(boolean binary) {
    InferResponse response =
        new InferResponse(
            "m",
            "3",
            "id",
            Map.of("model_digest", "d"),
            List.of(
                Tensor.booleans("late", new boolean[] {true, false}),
                Tensor.doubles("p", new double[] {0.25, 1e-30}),
                Tensor.texts("who", List.of("Zoë", "")),
                new Tensor(
                    "n", Datatype.INT64, List.of(2), new Values.Integers(new long[] {-1, 1}))));

    Encoded encoded = V2.write(response, name -> binary && !name.equals("p"));
    InferResponse read =
        V2.readResponse(
            encoded.body(), encoded.jsonLength() == null ? null : "" + encoded.jsonLength());

    assertThat(encoded.contentType())
        .isEqualTo(binary ? "application/octet-stream" : "application/json");
    assertThat(read.id()).isEqualTo("id");
    assertThat(read.modelVersion()).isEqualTo("3");
    assertThat(read.parameters()).containsEntry("model_digest", "d");
    for (int tensor = 0; tensor < 4; tensor++) {
      assertThat(read.outputs().get(tensor).name())
          .isEqualTo(response.outputs().get(tensor).name());
      for (int i = 0; i < 2; i++) {
        assertThat(read.outputs().get(tensor).element(i))
            .isEqualTo(response.outputs().get(tensor).element(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -1.5, 65504, 6.103515625E-5, 5.960464477539063E-8, -0.333251953125})
  void halvesKeepWhatTheyCanHold(double value) {
    assertThat(Halves.toDouble(Halves.fromDouble(value))).isEqualTo(value);
  }

  @Test
  void halvesRoundAndOverflow() {
    assertThat(Halves.toDouble(Halves.fromDouble(0.1))).isCloseTo(0.1, within(5e-5));
    assertThat(Halves.toDouble(Halves.fromDouble(2047.9))).isEqualTo(2048);
    assertThat(Halves.toDouble(Halves.fromDouble(1e6))).isInfinite();
    assertThat(Halves.toDouble(Halves.fromDouble(Double.NaN))).isNaN();
  }
}
