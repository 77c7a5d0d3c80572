package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What became of a {@link TrainingJob}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingJobStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status is about; -1: not seen yet.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "One word for people: Pending, Training, Succeeded, Refused (by a gate), Failed or Suspended.")
        String phase,
    @JsonPropertyDescription("Ready, Reconciling, Stalled and Suspended.")
        List<Condition> conditions,
    @JsonPropertyDescription("What this run was resolved to when it began.") Chain chain,
    @JsonPropertyDescription("The run that is under way, or the last one.") RunState run,
    @JsonPropertyDescription("What the run gave.") Result result)
    implements ResourceStatus {

  /** References, resolved once and then kept. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Chain(
      @JsonPropertyDescription("Data set and version, as flights/3.") String dataset,
      @JsonPropertyDescription("The data set version's number.") Integer datasetVersion,
      @JsonPropertyDescription("The data set version's digest.") String datasetDigest,
      @JsonPropertyDescription("Model and version, as late-arrival/2, once recorded.")
          String model) {}

  /** Metrics of the validation split beside those of the best constant. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Result(
      @JsonPropertyDescription("The first gate's metric, as logLoss=0.451.") String headline,
      @JsonPropertyDescription("The same of the best constant.") String baselineHeadline,
      @JsonPropertyDescription("All metrics.") List<MetricValue> metrics,
      @JsonPropertyDescription("The gates that failed: metric, value and bound.")
          List<String> failedGates,
      @JsonPropertyDescription("Epochs that were run.") Integer epochs,
      @JsonPropertyDescription("The epoch that was kept, counted from 1.") Integer bestEpoch,
      @JsonPropertyDescription("The version recorded, if the gates passed.")
          ModelVersion version) {}
}
