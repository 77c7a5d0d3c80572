package dev.firstday.server.predict;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

/** What a predictor counts for Prometheus. */
final class PredictorMetrics {
  private static final double NANOS = 1e9;
  private static final String OK = "200";

  private final Counter requests;
  private final Counter rows;
  private final Histogram latency;
  private final Histogram batchRows;
  private final Gauge model;
  private final Gauge signed;

  PredictorMetrics(CollectorRegistry registry) {
    requests =
        Counter.build("firstday_predictor_requests_total", "Answers to infer requests.")
            .labelNames("code")
            .register(registry);
    // told before the first answer: else no rate would see it
    requests.labels(OK);
    rows = Counter.build("firstday_predictor_rows_total", "Rows predicted.").register(registry);
    latency =
        Histogram.build(
                "firstday_predictor_request_seconds", "From the whole request to the answer.")
            .buckets(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
            .register(registry);
    batchRows =
        Histogram.build(
                "firstday_predictor_batch_rows", "Rows that went through the network together.")
            .buckets(1, 2, 4, 8, 16, 32, 64, 128, 256, 1024)
            .register(registry);
    model =
        Gauge.build("firstday_predictor_model_info", "1 for the version that answers.")
            .labelNames("model", "version", "digest")
            .register(registry);
    signed =
        Gauge.build(
                "firstday_predictor_model_signed",
                "1 when the version is signed by a key of the Model's spec.signing, 0 when it is not.")
            .labelNames("model", "version")
            .register(registry);
  }

  void answered(int code, long nanos) {
    requests.labels(String.valueOf(code)).inc();
    latency.observe(nanos / NANOS);
  }

  void batch(int batched) {
    batchRows.observe(batched);
    rows.inc(batched);
  }

  /** Said only where somebody looked. */
  void signed(String name, String version, boolean isSigned) {
    signed.labels(name, version).set(isSigned ? 1 : 0);
  }

  void serves(String name, String version, String digest) {
    model.labels(name, version, digest).set(1);
  }
}
