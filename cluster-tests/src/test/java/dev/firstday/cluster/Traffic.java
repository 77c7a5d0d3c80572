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
import java.util.List;
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
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Callers of a model, at a steady rate, each with another row. Over HTTP/1.1: Java's client loses
 * what it sends over HTTP/2 in the moment in which the other side gives the connection up.
 */
final class Traffic implements AutoCloseable {
  private static final int CALLERS = 4;
  private static final long PERIOD_MILLIS = 40;

  private final ObjectMapper json = JsonMapper.builder().build();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(CALLERS);
  private final ConcurrentMap<String, LongAdder> answersByVersion = new ConcurrentHashMap<>();
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final Queue<String> broken = new ConcurrentLinkedQueue<>();
  private final URI infer;

  /** Callers who ask about flights. */
  Traffic(String endpoint, String model) {
    this(endpoint, model, Flights::flight);
  }

  /**
   * @param rows the row of a request
   */
  Traffic(String endpoint, String model, Function<Random, String> rows) {
    infer = URI.create("%s/v2/models/%s/infer".formatted(endpoint, model));
    for (int caller = 0; caller < CALLERS; caller++) {
      Random random = new Random(caller);
      callers.scheduleAtFixedRate(
          () -> call(rows.apply(random)), 0, PERIOD_MILLIS * CALLERS, TimeUnit.MILLISECONDS);
    }
  }

  /** How many answers each version gave. */
  Map<String, Long> answersByVersion() {
    Map<String, Long> counts = new ConcurrentHashMap<>();
    answersByVersion.forEach((version, count) -> counts.put(version, count.sum()));
    return counts;
  }

  /** All answers so far. */
  long answers() {
    return answersByVersion.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** What callers saw instead of an answer. */
  List<String> failures() {
    return Stream.concat(errors.stream(), broken.stream()).toList();
  }

  /** The failures that something that answers is to blame for: no connection broke. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  @Override
  public void close() {
    callers.shutdownNow();
  }

  private void call(String row) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(infer)
              .timeout(Duration.ofSeconds(30))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(row))
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode answer = json.readTree(response.body());
      if (response.statusCode() == 200) {
        answersByVersion
            .computeIfAbsent(answer.path("model_version").asText(), v -> new LongAdder())
            .increment();
      } else {
        errors.add(response.statusCode() + " " + response.body());
      }
    } catch (IOException e) {
      broken.add(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
