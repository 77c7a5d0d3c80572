package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Which version answers, in how many pods, and how a new one takes over. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.version) != has(self.track)",
    message = "a deployment has exactly one of version and track")
@ValidationRule(
    value = "self.model == oldSelf.model",
    message = "a deployment stays with its model; create another deployment")
public record ModelDeploymentSpec(
    @Required
        @Pattern(Firstday.NAME_PATTERN)
        @JsonPropertyDescription("A Model in the same namespace.")
        String model,
    @Min(1) @JsonPropertyDescription("Serve this version.") Integer version,
    @JsonPropertyDescription("newest: serve whatever version is recorded last.") Track track,
    @Min(1) @Max(100) @JsonPropertyDescription("Predictor pods a version. Left out: 1.")
        Integer replicas,
    @JsonPropertyDescription("Cpu and memory of a predictor pod.") WorkerResources resources,
    @JsonPropertyDescription("How a new version takes over from the stable one.") Rollout rollout,
    @JsonPropertyDescription("Start or advance no rollout while true; what serves goes on serving.")
        Boolean suspend) {

  /** What a deployment follows. */
  public enum Track {
    @JsonProperty("newest")
    NEWEST
  }

  /** Steps of growing weight; at each the checks must pass. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Rollout(
      @Size(max = 20)
          @JsonPropertyDescription(
              "The candidate's shares of traffic, ascending. Left out: 10 and 50 percent. An empty list:"
                  + " promoted when its golden requests pass.")
          List<Step> steps,
      @JsonPropertyDescription("What is compared with the stable version, request by request.")
          Checks checks,
      @Min(1)
          @Max(604800)
          @JsonPropertyDescription(
              "Seconds that one phase (start, golden requests, a step) may take. Left out: 600.")
          Long phaseDeadlineSeconds,
      @JsonPropertyDescription(
              "What happens to a step whose checks are undecided at its deadline: hold (when left out),"
                  + " promote or rollback.")
          Undecided onUndecided) {}

  /** One share of traffic. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Step(
      @Required
          @Min(1)
          @Max(99)
          @JsonPropertyDescription("Percent of requests that the candidate answers.")
          Integer weight) {}

  /**
   * Bounds on rates of bad answers. A rate is judged by an anytime-valid test: above its tolerance
   * rolls back, below it passes, and in between more requests are needed.
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Checks(
      @JsonPropertyDescription(
              "Share of requests, in percent, that the candidate may fail where the stable version does not."
                  + " Left out: 5.")
          @Min(0.1)
          @Max(50)
          Double errorsPercent,
      @JsonPropertyDescription(
              "Share of requests, in percent, that may be slow: slower than slowFactor times the stable"
                  + " version's 95th percentile. Left out: 20.")
          @Min(0.1)
          @Max(50)
          Double slowPercent,
      @Min(1) @JsonPropertyDescription("See slowPercent. Left out: 3.") Double slowFactor,
      @JsonPropertyDescription(
              "Share of rows, in percent, on which the versions may disagree: another class, or a number"
                  + " further off than scoreTolerance. Left out: 20.")
          @Min(0.1)
          @Max(50)
          Double disagreementPercent,
      @JsonPropertyDescription(
              "Greatest difference between two answers that are numbers and still agree, as a share of the"
                  + " label's standard deviation in training. Left out: 0.5.")
          @Min(0)
          Double scoreTolerance) {}

  /** What to do without a verdict. */
  public enum Undecided {
    @JsonProperty("hold")
    HOLD,
    @JsonProperty("promote")
    PROMOTE,
    @JsonProperty("rollback")
    ROLLBACK
  }
}
