package dev.firstday.server.predict;

import dev.firstday.contract.Contract;
import dev.firstday.sdk.artefact.GoldenRow;
import dev.firstday.server.http.EventLoops;
import dev.firstday.server.http.InFlight;
import dev.firstday.server.http.Listener;
import dev.firstday.server.http.ServerSettings;
import dev.firstday.server.v2.Encoded;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that a version answers before the first caller comes, so that the code on their way is
 * compiled: it is by count of calls, and of some requests a second the last tier comes after many
 * minutes. They go through a socket, as those of callers do, to a server beside the one that
 * callers know: code that is not called here is slow afterwards. Requests come until answers get no
 * faster, or for as long as they may.
 */
final class WarmUpRequests {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUpRequests.class);

  /** So many a round, whose median is held against that of the round before. */
  static final int ROUND = 500;

  private static final double NO_FASTER = 0.95;
  private static final int READ_TIMEOUT_MILLIS = 10_000;

  private WarmUpRequests() {}

  /**
   * What goes wrong is left to the golden rows' check to report.
   *
   * @return how many requests were answered
   */
  static int run(ServedModel served, ServerSettings settings, Duration atMost) {
    List<byte[]> bodies = bodies(served);
    if (bodies.isEmpty()) {
      return 0;
    }
    Vertx vertx = EventLoops.start();
    try {
      URL address = listen(vertx, served, settings);
      long start = System.nanoTime();
      int answered = ask(address, bodies, start + atMost.toNanos());
      LOG.info("{} requests to itself in {} ms", answered, (System.nanoTime() - start) / 1_000_000);
      return answered;
    } catch (IOException | CompletionException e) {
      LOG.warn("code is not compiled beforehand: {}", e.getMessage());
      return 0;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static URL listen(Vertx vertx, ServedModel served, ServerSettings settings)
      throws IOException {
    ServerSettings own =
        new ServerSettings(
            "127.0.0.1", 0, 0, settings.maxRequestBytes(), Duration.ZERO, Duration.ZERO);
    PredictorService service =
        new PredictorService(
            vertx,
            served.name(),
            served.version(),
            CompletableFuture.completedFuture(served),
            new PredictorMetrics(new CollectorRegistry()));
    int port =
        new Listener(vertx, own)
            .protocolOnAllProcessors(PredictorServer.handler(vertx, own, new InFlight(), service))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return new URL("http://127.0.0.1:%d/v2/models/%s/infer".formatted(port, served.name()));
  }

  /** The golden rows in both forms that callers send. */
  private static List<byte[]> bodies(ServedModel served) {
    List<byte[]> bodies = new ArrayList<>(GoldenCheck.requests(served));
    for (GoldenRow golden : served.loaded().golden()) {
      bodies.add(Contract.write(golden.row()).getBytes(StandardCharsets.UTF_8));
    }
    return bodies;
  }

  private static int ask(URL address, List<byte[]> bodies, long deadline) throws IOException {
    long[] nanos = new long[ROUND];
    long medianBefore = Long.MAX_VALUE;
    for (int answered = 0; ; answered++) {
      if (answered > 0 && answered % ROUND == 0) {
        long median = median(nanos);
        if (isNoFaster(median, medianBefore)) {
          return answered;
        }
        medianBefore = median;
      }
      long begun = System.nanoTime();
      if (begun - deadline >= 0 || !isAnswered(address, bodies.get(answered % bodies.size()))) {
        return answered;
      }
      nanos[answered % ROUND] = System.nanoTime() - begun;
    }
  }

  private static long median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static boolean isNoFaster(long median, long medianBefore) {
    return median > NO_FASTER * medianBefore;
  }

  /** By a client that has no code in common with the server: both would be compiled for both. */
  private static boolean isAnswered(URL address, byte[] body) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.openConnection(Proxy.NO_PROXY);
    connection.setReadTimeout(READ_TIMEOUT_MILLIS);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", Encoded.JSON);
    connection.setFixedLengthStreamingMode(body.length);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    if (connection.getResponseCode() != 200) {
      return false;
    }
    try (InputStream in = connection.getInputStream()) {
      in.readAllBytes();
    }
    return true;
  }
}
