package dev.firstday.server.capture;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.Locale;

/** What becomes of captured requests, for Prometheus. */
final class CaptureMetrics {
  private final Counter written;
  private final Counter dropped;

  CaptureMetrics(CollectorRegistry registry) {
    written =
        Counter.build(
                "firstday_router_captured_total", "Requests that lie in S3 with their answers.")
            .register(registry);
    dropped =
        Counter.build(
                "firstday_router_capture_dropped_total",
                "Requests that were to be captured and were not, by why: size (above 1 MiB with answers), hour (its megabytes were used up), memory (too"
                    + " many waited for S3), end (the router ended while S3 was away), storage (the router has no"
                    + " S3), document (they could not be written down).")
            .labelNames("why")
            .register(registry);
    for (Loss why : Loss.values()) {
      // told before the first loss: else no rate would see it
      dropped.labels(why.word());
    }
  }

  void written(int requests) {
    written.inc(requests);
  }

  void dropped(Loss why, int requests) {
    dropped.labels(why.word()).inc(requests);
  }

  /** Why a request is not captured. */
  enum Loss {
    SIZE,
    HOUR,
    MEMORY,
    END,
    STORAGE,
    DOCUMENT;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
