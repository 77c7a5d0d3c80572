package dev.firstday.server.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.contract.Contract;
import dev.firstday.sdk.capture.CaptureDocument;
import dev.firstday.server.http.Call;
import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.InferResponse;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.V2;
import dev.firstday.server.v2.Values;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentWriterTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<String> NAME = List.of("name");

  private static Call json(String body) {
    return new Call("order-7", "delays", null, null, Encoded.JSON, null, Buffer.buffer(body));
  }

  private static Captured.Answer answer(int status, String jsonLength, Buffer body) {
    return new Captured.Answer("stable", 1, "d1", status, null, 1_234_567, jsonLength, body);
  }

  private static CaptureDocument document(Call call, List<String> redact, Captured.Answer answer) {
    Captured captured = new Captured(NOON, call, List.of("sampled"), redact, List.of(answer));
    String line = Contract.write(DocumentWriter.write(captured));
    assertThat(line).doesNotContain("\n");
    return Contract.read(line, CaptureDocument.class);
  }

  private static CaptureDocument document(Call call, List<String> redact) {
    return document(call, redact, answer(200, null, Buffer.buffer("{\"outputs\":[]}")));
  }

  @Test
  void whatWasAskedAndAnsweredIsThere() {
    CaptureDocument document =
        document(
            json("{\"name\":\"Ann\",\"hour\":17.5}"),
            List.of(),
            answer(200, null, Buffer.buffer("{\"outputs\":[{\"name\":\"late\"}]}")));

    assertThat(document.id()).isEqualTo("order-7");
    assertThat(document.time()).isEqualTo(NOON);
    assertThat(document.model()).isEqualTo("delays");
    assertThat(document.isSampled()).isTrue();
    assertThat(document.redacted()).isNull();
    assertThat(document.request()).hasToString("{\"name\":\"Ann\",\"hour\":17.5}");
    CaptureDocument.VersionAnswer version = document.versions().get(0);
    assertThat(version.status()).isEqualTo(200);
    assertThat(version.milliseconds()).isEqualTo(1.235);
    assertThat(version.answer()).hasToString("{\"outputs\":[{\"name\":\"late\"}]}");
    assertThat(CapturedCall.of(document).orElseThrow().body())
        .hasToString("{\"name\":\"Ann\",\"hour\":17.5}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"name\":\"Ann\",\"hour\":1} | {\"name\":null,\"hour\":1}",
        "[{\"name\":\"Ann\"},{\"hour\":2}] | [{\"name\":null},{\"hour\":2}]",
        "{\"id\":\"x\",\"instances\":[{\"name\":{\"first\":\"Ann\"}}]}"
            + " | {\"id\":\"x\",\"instances\":[{\"name\":null}]}",
        "{\"inputs\":[{\"name\":\"name\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[[\"Ann\"],[\"Bo\"]]},"
            + "{\"name\":\"hour\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":[1,2]}]}"
            + " | {\"inputs\":[{\"name\":\"name\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[[null],[null]]},"
            + "{\"name\":\"hour\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":[1,2]}]}"
      })
  void aColumnsValuesAreTakenOutOfEveryForm(String sent, String kept) {
    CaptureDocument document = document(json(sent), NAME);

    assertThat(document.request()).hasToString(kept);
    assertThat(document.redacted()).containsExactly("name");
    assertThat(CapturedCall.of(document).orElseThrow().body()).hasToString(kept);
  }

  @Test
  void aColumnThatTheRequestDoesNotHaveIsNotToldAsHidden() {
    String sent = "{\"name\":\"Ann\",\"hour\":1}";

    assertThat(document(json(sent), List.of("nmae", "name")).redacted()).containsExactly("name");
    assertThat(document(json(sent), List.of("nmae")).redacted()).isNull();
    assertThat(document(json(sent), List.of("nmae")).request()).hasToString(sent);
    assertThat(document(json("Ann"), List.of("nmae")).redacted())
        .as("nothing of it is kept")
        .containsExactly("nmae");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ann",
        "[\"Ann\"]",
        "[[{\"name\":\"Ann\"}]]",
        "{\"inputs\":[{\"name\":\"features\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]}]}",
        "{\"inputs\":[{\"shape\":[1],\"data\":[\"Ann\"]}]}"
      })
  void whatCannotBeToldApartByColumnIsNotKept(String sent) {
    CaptureDocument document = document(json(sent), NAME);

    assertThat(document.request()).isNull();
    assertThat(document.raw()).isNull();
    assertThat(CapturedCall.of(document)).isEmpty();
    assertThat(document.versions()).hasSize(1);
  }

  @Test
  void aRefusalMayQuoteWhatItRefuses() {
    Call call = json("{\"nmae\":\"Ann\"}");
    Captured.Answer refusal = answer(400, null, Buffer.buffer("{\"error\":\"nmae: Ann\"}"));

    assertThat(Contract.write(document(call, NAME, refusal))).doesNotContain("Ann");
    assertThat(Contract.write(document(call, List.of(), refusal))).contains("nmae: Ann");
    assertThat(CapturedCall.of(document(call, List.of(), refusal)))
        .as("nobody would take it")
        .isEmpty();
  }

  private static Call binary(double... hours) {
    Tensor hour =
        new Tensor("hour", Datatype.FP32, List.of(hours.length), new Values.Floats(hours));
    Encoded encoded =
        V2.write(new InferResponse("m", "1", "x", Map.of(), List.of(hour)), any -> true);
    int length = encoded.jsonLength();
    String head = new String(encoded.body(), 0, length, StandardCharsets.UTF_8);
    String request = head.replace("\"outputs\"", "\"inputs\"");
    Buffer body =
        Buffer.buffer(request).appendBytes(encoded.body(), length, encoded.body().length - length);
    return new Call(
        "b-1", "delays", null, null, Encoded.BINARY, String.valueOf(request.length()), body);
  }

  @Test
  void binaryTensorsAreKeptAsJson() {
    CaptureDocument document = document(binary(1.5, 2), List.of("hour"));
    assertThat(document.request().at("/inputs/0/data")).hasToString("[null,null]");

    document = document(binary(1.5, 2), List.of());
    assertThat(document.request().at("/inputs/0/data")).hasToString("[1.5,2.0]");
    assertThat(CapturedCall.of(document).orElseThrow().jsonLength()).isNull();
  }

  @Test
  void whatJsonCannotSayIsKeptAsItCame() {
    Call call = binary(Double.NaN);
    Call again = CapturedCall.of(document(call, List.of())).orElseThrow();

    assertThat(again.body()).isEqualTo(call.body());
    assertThat(again.jsonLength()).isEqualTo(call.jsonLength());
    assertThat(again.contentType()).isEqualTo(Encoded.BINARY);
    assertThat(CapturedCall.of(document(call, NAME))).as("nothing is told apart in it").isEmpty();
  }

  @Test
  void anAnswerThatIsTheColumnItselfIsTakenOut() {
    Encoded encoded =
        V2.write(
            new InferResponse("m", "1", "x", Map.of(), List.of(Tensor.texts("name", NAME))),
            any -> true);
    Captured.Answer answer =
        answer(200, String.valueOf(encoded.jsonLength()), Buffer.buffer(encoded.body()));

    assertThat(document(json("{}"), List.of(), answer).versions().get(0).answer().at("/outputs/0"))
        .hasToString(
            "{\"name\":\"name\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"name\"]}");
    assertThat(document(json("{}"), NAME, answer).versions().get(0).answer().at("/outputs/0/data"))
        .hasToString("[null]");
  }
}
