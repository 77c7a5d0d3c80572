package dev.firstday.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a served model, as a caller would. */
final class Inference {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final ObjectMapper json = new ObjectMapper();
  private final URI model;

  Inference(URI endpoint, String model) {
    this.model = URI.create(endpoint + "/v2/models/" + model);
  }

  /** The columns that a row needs. */
  List<String> columns() throws IOException, DemoFailure {
    List<String> columns = new ArrayList<>();
    for (JsonNode input : ask(HttpRequest.newBuilder(model).GET()).path("inputs")) {
      columns.add(input.path("name").asText());
    }
    return columns;
  }

  /**
   * An answer for each row.
   *
   * @return the outputs by name, each with one element a row
   */
  Answers infer(List<ObjectNode> rows) throws IOException, DemoFailure {
    ArrayNode body = json.createArrayNode().addAll(rows);
    return new Answers(
        ask(
            HttpRequest.newBuilder(URI.create(model + "/infer"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))));
  }

  private JsonNode ask(HttpRequest.Builder request) throws IOException, DemoFailure {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new DemoFailure(
            "%s answers %d: %s".formatted(model, response.statusCode(), response.body()));
      }
      return json.readTree(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailure("interrupted while asking " + model, e);
    }
  }

  /** The body of an answer. */
  record Answers(JsonNode body) {

    /** The version that answered. */
    String version() {
      return body.path("model_version").asText();
    }

    /** The answer for a row: the probability where there is one, or else the first output. */
    JsonNode of(int row) {
      for (JsonNode output : body.path("outputs")) {
        if (output.path("name").asText().equals("probability")) {
          return output.path("data").path(row);
        }
      }
      return body.path("outputs").path(0).path("data").path(row);
    }

    /** The probability of one of several labels for a row. */
    JsonNode of(int row, int label, int labels) {
      for (JsonNode output : body.path("outputs")) {
        if (output.path("name").asText().equals("probabilities")) {
          return output.path("data").path(row * labels + label);
        }
      }
      return MissingNode.getInstance();
    }
  }
}
