package dev.firstday.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Callers of a model, at a steady rate, each with another flight. */
final class Traffic implements AutoCloseable {
  private static final int CALLERS = 4;
  private static final long PERIOD_MILLIS = 40;

  private final ObjectMapper json = JsonMapper.builder().build();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(CALLERS);
  private final ConcurrentMap<String, LongAdder> answersByVersion = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final URI infer;

  Traffic(String endpoint, String model) {
    infer = URI.create("%s/v2/models/%s/infer".formatted(endpoint, model));
    for (int caller = 0; caller < CALLERS; caller++) {
      Random random = new Random(caller);
      callers.scheduleAtFixedRate(
          () -> call(random), 0, PERIOD_MILLIS * CALLERS, TimeUnit.MILLISECONDS);
    }
  }

  /** How many answers each version gave. */
  Map<String, Long> answersByVersion() {
    Map<String, Long> counts = new ConcurrentHashMap<>();
    answersByVersion.forEach((version, count) -> counts.put(version, count.sum()));
    return counts;
  }

  /** What callers saw instead of an answer. */
  Queue<String> failures() {
    return failures;
  }

  @Override
  public void close() {
    callers.shutdownNow();
  }

  private void call(Random random) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(infer)
              .timeout(Duration.ofSeconds(30))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(flight(random)))
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode answer = json.readTree(response.body());
      if (response.statusCode() == 200) {
        answersByVersion
            .computeIfAbsent(answer.path("model_version").asText(), v -> new LongAdder())
            .increment();
      } else {
        failures.add(response.statusCode() + " " + response.body());
      }
    } catch (IOException e) {
      failures.add(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String flight(Random random) {
    var row = json.createObjectNode();
    row.put("carrier", one(random, "UA", "EV", "B6", "DL", "AA", "MQ"));
    row.put("origin", one(random, "EWR", "JFK", "LGA"));
    row.put("dest", one(random, "ORD", "ATL", "BOS", "LAX", "CLT", "MIA"));
    row.put("weekday", 1 + random.nextInt(7));
    row.put("hour", 5 + random.nextInt(18) + random.nextInt(60) / 60.0);
    row.put("distance", 200 + random.nextInt(2300));
    row.put("departures", 5 + random.nextInt(80));
    row.put("humid", 30 + random.nextInt(70));
    row.put("wind_speed", random.nextInt(30));
    row.put("wind_gust", random.nextInt(40));
    row.put("precip", random.nextInt(5) == 0 ? 0.2 : 0);
    row.put("pressure", 995 + random.nextInt(35));
    row.put("visib", 1 + random.nextInt(10));
    return row.toString();
  }

  private static String one(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }
}
