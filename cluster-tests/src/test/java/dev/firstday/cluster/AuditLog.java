package dev.firstday.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the API server notes of the requests that it answers: events of {@code audit.k8s.io/v1}, one
 * a line.
 */
final class AuditLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String USER = "/user/username";

  private AuditLog() {}

  /**
   * @param account the service account's name
   * @param right verb, resource with its subresource, and API group, as {@code get jobs.batch}; of
   *     what is no resource verb and path
   * @param namespace empty for what is in none, and for all at once
   * @param code of the answer, as HTTP has it
   */
  record Request(String account, String right, String namespace, int code) {}

  /**
   * @param namespace whose service accounts asked
   * @return requests, the oldest first
   */
  static List<Request> ofAccountsIn(String namespace, Path log) {
    String accounts = "system:serviceaccount:" + namespace + ":";
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains(accounts))
          .map(AuditLog::parsed)
          .filter(event -> event.at(USER).asText().startsWith(accounts))
          .map(event -> request(event.at(USER).asText().substring(accounts.length()), event))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException("not an event: " + line, e);
    }
  }

  private static Request request(String account, JsonNode event) {
    JsonNode object = event.path("objectRef");
    String verb = event.path("verb").asText();
    String sub = object.path("subresource").asText();
    String right =
        object.isMissingNode()
            ? verb + " " + event.path("requestURI").asText().replaceFirst("\\?.*", "")
            : "%s %s%s.%s"
                .formatted(
                    verb,
                    object.path("resource").asText(),
                    sub.isEmpty() ? "" : "/" + sub,
                    object.path("apiGroup").asText());
    return new Request(
        account,
        right,
        object.path("namespace").asText(),
        event.at("/responseStatus/code").asInt());
  }
}
