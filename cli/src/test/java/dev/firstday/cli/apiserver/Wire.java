package dev.firstday.cli.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Plain requests, where a client would hide what is sent and answered. */
final class Wire {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server;

  Wire(URI server) {
    this.server = server;
  }

  /**
   * @param body a missing node when it is not JSON
   */
  record Reply(int code, JsonNode body, HttpResponse<byte[]> response) {
    String reason() {
      return Json.text(body, "reason");
    }

    String message() {
      return Json.text(body, "message");
    }
  }

  Reply get(String path) throws IOException, InterruptedException {
    return send("GET", path, "", "");
  }

  Reply post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, "application/json", body);
  }

  Reply put(String path, String body) throws IOException, InterruptedException {
    return send("PUT", path, "application/json", body);
  }

  Reply merge(String path, String body) throws IOException, InterruptedException {
    return send("PATCH", path, "application/merge-patch+json", body);
  }

  Reply apply(String path, String manager, String body) throws IOException, InterruptedException {
    String mark = path.contains("?") ? "&" : "?";
    return send(
        "PATCH", path + mark + "fieldManager=" + manager, "application/apply-patch+yaml", body);
  }

  Reply delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, "", "");
  }

  Reply send(String method, String path, String contentType, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .version(HttpClient.Version.HTTP_1_1);
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    boolean isJson =
        response.headers().firstValue("Content-Type").orElse("").contains("application/json");
    JsonNode json =
        isJson ? Json.parse(response.body()) : Json.object().path("no JSON in the answer");
    return new Reply(response.statusCode(), json, response);
  }

  /** The answer as text, until the server ends it. */
  String text(String path) throws IOException, InterruptedException {
    return new String(send("GET", path, "", "").response().body(), StandardCharsets.UTF_8);
  }
}
