package dev.firstday.cli.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;

/**
 * What a demo came to, for programs: the line that {@code --json} prints.
 *
 * @param metrics by name, beside the best constant's
 * @param baseline the constant: what it answers to every row
 * @param phase of the deployment
 * @param seconds of each step
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "model",
  "version",
  "digest",
  "dataset",
  "metrics",
  "baseline",
  "phase",
  "endpoint",
  "seconds"
})
record DemoResult(
    String model,
    Integer version,
    String digest,
    String dataset,
    Map<String, Metric> metrics,
    Object baseline,
    String phase,
    String endpoint,
    Map<String, Double> seconds) {

  /** A metric of the model and of the best constant. */
  record Metric(Double value, Double baseline) {}
}
