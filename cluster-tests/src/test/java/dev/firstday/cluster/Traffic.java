package dev.firstday.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
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
  /** Each waits for its answer before it asks again. */
  static final int CALLERS = 4;

  static final Duration PERIOD = Duration.ofMillis(40);

  private final ObjectMapper json = JsonMapper.builder().build();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(CALLERS);
  private final ConcurrentMap<String, LongAdder> answersByVersion = new ConcurrentHashMap<>();
  private final Queue<Failure> errors = new ConcurrentLinkedQueue<>();
  private final Queue<Failure> broken = new ConcurrentLinkedQueue<>();
  private final URI infer;

  /**
   * What a caller saw in place of an answer.
   *
   * @param from when it asked
   * @param to when it knew
   */
  record Failure(Instant from, Instant to, String words) {}

  /** Callers who ask about flights. */
  Traffic(String endpoint, String model) {
    this(endpoint, model, Flights::flight, PERIOD);
  }

  /**
   * @param rows the row of a request
   * @param period from one request to the next, as long as answers are not late
   */
  Traffic(String endpoint, String model, Function<Random, String> rows, Duration period) {
    infer = URI.create("%s/v2/models/%s/infer".formatted(endpoint, model));
    for (int caller = 0; caller < CALLERS; caller++) {
      Random random = new Random(caller);
      callers.scheduleAtFixedRate(
          () -> call(rows.apply(random)), 0, period.toMillis() * CALLERS, TimeUnit.MILLISECONDS);
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
  List<Failure> failures() {
    return Stream.concat(errors.stream(), broken.stream()).toList();
  }

  /** Those that came as an answer: no version's. */
  List<Failure> errors() {
    return List.copyOf(errors);
  }

  /** Those without any answer: connections that broke, or that nobody took. */
  List<Failure> broken() {
    return List.copyOf(broken);
  }

  @Override
  public void close() {
    callers.shutdownNow();
  }

  private void call(String row) {
    Instant from = Instant.now();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(infer)
              .timeout(Duration.ofSeconds(30))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(row))
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      String version = response.statusCode() == 200 ? version(response.body()) : "";
      if (version.isEmpty()) {
        String words = response.statusCode() + " " + response.body();
        errors.add(new Failure(from, Instant.now(), words));
      } else {
        answersByVersion.computeIfAbsent(version, v -> new LongAdder()).increment();
      }
    } catch (IOException e) {
      broken.add(new Failure(from, Instant.now(), e.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whose answer it is; empty when it is nothing that a caller can read. */
  private String version(String answer) {
    try {
      return json.readTree(answer).path("model_version").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
