package dev.firstday.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstday.contract.PodEnvironment;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Random;

/** Asks one router about an iris, and no Service chooses among routers. */
final class RouterCaller {
  private final ObjectMapper json = JsonMapper.builder().build();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;
  private final String model;

  /**
   * @param router a pod
   */
  RouterCaller(Pod router, String model) {
    this.address =
        "http://%s:%d".formatted(router.getStatus().getPodIP(), PodEnvironment.HTTP_PORT);
    this.model = model;
  }

  /** The version that answers. */
  String ask() throws IOException, InterruptedException {
    return answer(infer());
  }

  /** The same for a request of that id. */
  String ask(String id) throws IOException, InterruptedException {
    return answer(infer().header("X-Request-Id", id));
  }

  /** Whether this router, or another one that it asks, waits for the request's label. */
  boolean isRemembered(String id) throws IOException, InterruptedException {
    HttpRequest unknownLabel =
        post("feedback", "{\"id\": \"%s\", \"labels\": [null]}".formatted(id)).build();
    return http.send(unknownLabel, HttpResponse.BodyHandlers.discarding()).statusCode()
        == HttpURLConnection.HTTP_ACCEPTED;
  }

  private String answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    String answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    return json.readTree(answer).path("model_version").asText();
  }

  private HttpRequest.Builder infer() {
    return post("infer", Irises.flower(new Random(1)));
  }

  private HttpRequest.Builder post(String action, String body) {
    return HttpRequest.newBuilder(
            URI.create("%s/v2/models/%s/%s".formatted(address, model, action)))
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }
}
