package dev.firstday.server.capture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.capture.CaptureDocument;
import dev.firstday.sdk.capture.CaptureDocument.Raw;
import dev.firstday.sdk.capture.CaptureDocument.VersionAnswer;
import dev.firstday.server.http.Call;
import dev.firstday.server.v2.InferRequest;
import dev.firstday.server.v2.InferResponse;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.V2;
import dev.firstday.server.v2.Values;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes the document of a captured request. Where columns are redacted, what cannot be told apart
 * column by column is left out: a body that is not understood, encoded inputs, and what a version
 * refused, whose columns may have any name, together with its refusal, which may quote it.
 */
final class DocumentWriter {
  private static final double NANOS_A_MILLISECOND = 1e6;
  private static final double THOUSANDTHS = 1e3;

  private DocumentWriter() {}

  static CaptureDocument write(Captured captured) {
    boolean redacts = !captured.redact().isEmpty();
    Call call = captured.call();
    Optional<JsonNode> json = request(call);
    Redaction redaction = Redaction.of(captured.redact());
    Optional<JsonNode> request =
        redacts ? json.filter(body -> !isRefused(captured)).flatMap(redaction::request) : json;
    List<VersionAnswer> versions =
        captured.answers().stream().map(answer -> version(answer, redacts, redaction)).toList();
    return new CaptureDocument(
        call.id(),
        captured.time(),
        call.model(),
        captured.why(),
        redacted(captured.redact(), request.isPresent(), redaction),
        request.orElse(null),
        redacts || json.isPresent()
            ? null
            : new Raw(call.contentType(), call.jsonLength(), call.body().getBytes()),
        versions);
  }

  /**
   * Those that are null in it, and not those that it does not have: a misspelt name is not told as
   * one that is hidden. Where nothing is kept, all of them are why.
   */
  private static List<String> redacted(List<String> columns, boolean isKept, Redaction redaction) {
    List<String> redacted =
        columns.stream().filter(column -> !isKept || redaction.found().contains(column)).toList();
    return redacted.isEmpty() ? null : redacted;
  }

  private static boolean isRefused(Captured captured) {
    return captured.answers().stream().anyMatch(a -> a.status() != null && a.status() / 100 == 4);
  }

  private static VersionAnswer version(
      Captured.Answer answer, boolean redacts, Redaction redaction) {
    boolean good = answer.status() != null && answer.status() / 100 == 2;
    Optional<JsonNode> json = answer.body() == null ? Optional.empty() : response(answer);
    return new VersionAnswer(
        answer.variant(),
        answer.version(),
        answer.digest(),
        answer.status(),
        answer.failure(),
        Math.round(answer.nanos() / NANOS_A_MILLISECOND * THOUSANDTHS) / THOUSANDTHS,
        (redacts ? json.filter(body -> good).flatMap(redaction::response) : json).orElse(null));
  }

  /** The request as JSON; empty when it is none, or has what JSON cannot say. */
  private static Optional<JsonNode> request(Call call) {
    if (call.jsonLength() == null) {
      return json(call.body());
    }
    try {
      InferRequest request = V2.readRequest(call.body().getBytes(), call.jsonLength());
      return request instanceof InferRequest.Tensors tensors
              && tensors.inputs().stream().allMatch(DocumentWriter::isFinite)
          ? json(Buffer.buffer(V2.writeRequest(tensors)))
          : Optional.empty();
    } catch (ProtocolException e) {
      return Optional.empty(); // the version that refused it has said why
    }
  }

  private static Optional<JsonNode> response(Captured.Answer answer) {
    if (answer.jsonLength() == null) {
      return json(answer.body());
    }
    try {
      InferResponse response = V2.readResponse(answer.body().getBytes(), answer.jsonLength());
      return response.outputs().stream().allMatch(DocumentWriter::isFinite)
          ? json(Buffer.buffer(V2.write(response, output -> false).body()))
          : Optional.empty();
    } catch (ProtocolException e) {
      return Optional.empty(); // the check nonFinite, among the reasons for keeping it, tells
    }
  }

  private static boolean isFinite(Tensor tensor) {
    return !(tensor.values() instanceof Values.Floats floats)
        || Arrays.stream(floats.elements()).allMatch(Double::isFinite);
  }

  private static Optional<JsonNode> json(Buffer body) {
    try {
      return Optional.of(Contract.read(body.toString(StandardCharsets.UTF_8), JsonNode.class))
          .filter(JsonNode::isContainerNode);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // kept as bytes, or not at all
    }
  }
}
