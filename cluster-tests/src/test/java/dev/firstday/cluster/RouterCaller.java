package dev.firstday.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstday.contract.PodEnvironment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Random;

/** Asks one router about an iris, and no Service chooses among routers. */
final class RouterCaller {
  private final ObjectMapper json = JsonMapper.builder().build();
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpRequest request;

  /**
   * @param address of the router's pod
   */
  RouterCaller(String address, String model) {
    request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://%s:%d/v2/models/%s/infer"
                        .formatted(address, PodEnvironment.HTTP_PORT, model)))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Irises.flower(new Random(1))))
            .build();
  }

  /** The version that answers. */
  String ask() throws IOException, InterruptedException {
    String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return json.readTree(answer).path("model_version").asText();
  }
}
