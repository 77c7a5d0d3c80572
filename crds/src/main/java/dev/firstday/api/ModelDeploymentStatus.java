package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/** What a {@link ModelDeployment} serves, and how far a rollout is. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelDeploymentStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status is about; -1: not seen yet.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "One word for people: Pending, Starting, Golden, Canary, Held, Promoting, Stable, RolledBack, Failed"
                + " or Suspended.")
        String phase,
    @JsonPropertyDescription("Ready, Reconciling, Stalled and Suspended.")
        List<Condition> conditions,
    @JsonPropertyDescription("Where requests go: the router's address inside the cluster.")
        String endpoint,
    @JsonPropertyDescription("The version that answers.") Target stable,
    @JsonPropertyDescription("The version that is being tried.") Target candidate,
    @JsonPropertyDescription("Where the rollout stands.") RolloutState rollout,
    @JsonPropertyDescription(
            "Versions that were rolled back, newest first; they are not tried again.")
        List<Rejection> rejected,
    @JsonPropertyDescription("From data set to this deployment.") Chain chain,
    @JsonPropertyDescription("What is in force where the spec leaves it out.") Effective effective)
    implements ResourceStatus {

  /** A version that has pods. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Target(
      @JsonPropertyDescription("The version's number.") Integer number,
      @JsonPropertyDescription("The version's digest.") String digest,
      @JsonPropertyDescription("Percent of requests it answers.") Integer weight) {}

  /** A rollout's progress; it survives a restart of the operator. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RolloutState(
      @JsonPropertyDescription("Counts the changes of routes; routers ignore older ones.")
          Long revision,
      @JsonPropertyDescription(
              "What the candidate goes through: Starting, Golden or Canary. The phase may say Held or"
                  + " Suspended meanwhile.")
          String stage,
      @JsonPropertyDescription("The step under way, counted from 0.") Integer step,
      @JsonPropertyDescription("When the stage, or the step of the canary, began.")
          Instant phaseStartedAt,
      @JsonPropertyDescription(
              "Live requests that were compared before the step began; a step needs some of its own.")
          Long comparedBefore,
      @JsonPropertyDescription("What the checks say.") List<CheckState> checks) {}

  /** One check's evidence so far. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CheckState(
      @JsonPropertyDescription("errors, slow or disagreement.") String name,
      @JsonPropertyDescription("Pass, Fail or Undecided.") String verdict,
      @JsonPropertyDescription("Requests (rows, for disagreement) that both versions answered.")
          Long compared,
      @JsonPropertyDescription("How many of them were bad.") Long bad,
      @JsonPropertyDescription("For people: the rate beside its bound, and what is still needed.")
          String message) {}

  /** A version that was rolled back. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Rejection(
      @JsonPropertyDescription("The version's number.") Integer number,
      @JsonPropertyDescription("The version's digest.") String digest,
      @JsonPropertyDescription("The check that failed, or what kept it from starting.")
          String reason,
      @JsonPropertyDescription("The evidence.") String message,
      @JsonPropertyDescription("When.") Instant at,
      @JsonPropertyDescription(
              "The generation of the spec it was tried for; an edited spec tries again.")
          Long generation) {}

  /** What is served, and what it was made from. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Chain(
      @JsonPropertyDescription("All of it in one line: flights/3 > late-arrival/2.") String summary,
      @JsonPropertyDescription("Data set and version of the stable version.") String dataset,
      @JsonPropertyDescription("The run that trained the stable version.") String runUid,
      @JsonPropertyDescription("The gate, check or phase that stopped the newest attempt.")
          String stoppedBy) {}

  /** Resolved values. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Effective(
      @JsonPropertyDescription("Predictor pods a version.") Integer replicas,
      @JsonPropertyDescription("Weights of the steps, in percent.") List<Integer> weights,
      @JsonPropertyDescription("Seconds that a phase may take.") Long phaseDeadlineSeconds) {}
}
