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
    @JsonPropertyDescription("What the run gave.") Result result,
    @JsonPropertyDescription("What applies where the spec leaves a choice.") Effective effective,
    @JsonPropertyDescription("How far the run has come; left out: it does not train at present.")
        TrainingProgress progress)
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

  /** The spec's values with what it leaves out, and what the operator adds. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Effective(
      @JsonPropertyDescription("Rows in one step of the optimiser.") Integer batchSize,
      @JsonPropertyDescription("Seeds weights, shuffling and dropout.") Long seed,
      @JsonPropertyDescription("New attempts after a pod was lost or S3 was away.") Integer retries,
      @JsonPropertyDescription("Seconds that one attempt may take.") Long deadlineSeconds,
      @JsonPropertyDescription("Seconds from one checkpoint to the next.") Long checkpointSeconds,
      @JsonPropertyDescription("The Kueue queue that lets the Job begin; none without one.")
          String queue,
      @JsonPropertyDescription("The image that trains.") String image,
      @JsonPropertyDescription("What it computes on: CPU or CUDA.") Backend backend) {}

  /** What a trainer computes on. */
  public enum Backend {
    /** Processors. */
    CPU,
    /** GPUs of NVIDIA. */
    CUDA
  }

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
