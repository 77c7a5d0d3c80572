package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.objects.ApiException;
import dev.firstday.cli.apiserver.objects.Written;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is sent back at once. */
record Answer(int code, String contentType, byte[] body, List<String> warnings) {
  private static final String JSON = "application/json";

  static Answer json(JsonNode body) {
    return new Answer(200, JSON, Json.bytes(body), List.of());
  }

  static Answer json(byte[] body) {
    return new Answer(200, JSON, body, List.of());
  }

  static Answer text(String body) {
    return new Answer(
        200, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8), List.of());
  }

  static Answer created(JsonNode body) {
    return new Answer(201, JSON, Json.bytes(body), List.of());
  }

  static Answer of(Written written) {
    int code = written.isNew() ? 201 : 200;
    return new Answer(code, JSON, Json.bytes(written.object()), written.warnings());
  }

  static Answer of(ApiException refusal) {
    return new Answer(refusal.code(), JSON, Json.bytes(refusal.status()), List.of());
  }
}
