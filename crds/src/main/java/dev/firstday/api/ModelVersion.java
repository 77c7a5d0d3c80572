package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/** A recorded version of a model, with what it was made from. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelVersion(
    @JsonPropertyDescription("Counts from 1.") Integer number,
    @JsonPropertyDescription("sha256 of the artefact's manifest.") String digest,
    @JsonPropertyDescription("Data set and version it learnt from, as flights/3.") String dataset,
    @JsonPropertyDescription("sha256 of the training split's file.") String trainDigest,
    @JsonPropertyDescription("sha256 of the validation split's file.") String validationDigest,
    @JsonPropertyDescription("sha256 of the jar or of the network's declaration.")
        String codeDigest,
    @JsonPropertyDescription("The first gate's metric, as logLoss=0.451.") String headline,
    @JsonPropertyDescription("The same of the best constant.") String baselineHeadline,
    @JsonPropertyDescription("All metrics.") List<MetricValue> metrics,
    @JsonPropertyDescription("What lies behind the metrics, in short.")
        EvaluationSummary evaluation,
    @JsonPropertyDescription("The uid of the run that recorded it.") String runUid,
    @JsonPropertyDescription("When it was recorded.") Instant recordedAt) {

  /** The same version where there is less room for what lies behind its metrics. */
  public ModelVersion with(EvaluationSummary summary) {
    return new ModelVersion(
        number,
        digest,
        dataset,
        trainDigest,
        validationDigest,
        codeDigest,
        headline,
        baselineHeadline,
        metrics,
        summary,
        runUid,
        recordedAt);
  }
}
