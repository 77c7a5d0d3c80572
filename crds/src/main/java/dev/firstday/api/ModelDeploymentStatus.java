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
            "One word for people: Pending, Starting, Golden, Replay, Shadow, Canary, AwaitingApproval, Baking, Held,"
                + " Paused, Promoting, Stable, RolledBack, Failed or Suspended.")
        String phase,
    @JsonPropertyDescription(
            "Ready, Reconciling, Stalled and Suspended; UnknownColumns is True when the spec names columns"
                + " that no version has, PairedChecks False when a Gateway shares out requests.")
        List<Condition> conditions,
    @JsonPropertyDescription(
            "Where requests go: the router's address inside the cluster, or the name behind a Gateway.")
        String endpoint,
    @JsonPropertyDescription("The version that answers.") Target stable,
    @JsonPropertyDescription("The version that is being tried.") Target candidate,
    @JsonPropertyDescription("Where the rollout stands.") RolloutState rollout,
    @JsonPropertyDescription(
            "Versions that were rolled back, newest first; they are not tried again.")
        List<Rejection> rejected,
    @JsonPropertyDescription("From data set to this deployment.") Chain chain,
    @JsonPropertyDescription("What the autoscaler may do; none without spec.autoscaling.")
        ScalingState scaling,
    @JsonPropertyDescription(
            "The HTTPRoute of this deployment, while there is one, and its GRPCRoute: spec.routing.gatewayAPI.")
        String httpRoute,
    @JsonPropertyDescription("What is in force where the spec leaves it out.") Effective effective,
    @JsonPropertyDescription(
            "Versions that were the stable one before, newest first, and come back without being tried again:"
                + " spec.rollout.rollbackWindow.")
        List<Previous> previous)
    implements ResourceStatus {

  /** A version that has pods. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Target(
      @JsonPropertyDescription("The version's number.") Integer number,
      @JsonPropertyDescription("The version's digest.") String digest,
      @JsonPropertyDescription("Percent of requests it answers.") Integer weight,
      @JsonPropertyDescription("Predictor pods it is to have.") Integer replicas,
      @JsonPropertyDescription("Predictor pods that are ready.") Integer readyReplicas) {}

  /** Bounds of a version's pods at present. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ScalingState(
      @JsonPropertyDescription(
              "Pods that each version has at least: minReplicas, or, during a rollout and some minutes after it, as"
                  + " many as a version has had meanwhile.")
          Integer atLeast,
      @JsonPropertyDescription("Pods that each version has at most.") Integer atMost,
      @JsonPropertyDescription("Why the autoscaler of the stable version does not work, if so.")
          String problem) {}

  /** A rollout's progress; it survives a restart of the operator. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RolloutState(
      @JsonPropertyDescription("Counts the changes of routes; routers ignore older ones.")
          Long revision,
      @JsonPropertyDescription(
              "What the candidate goes through: Starting, Golden, Replay, Shadow, Canary or Baking. The phase may say"
                  + " AwaitingApproval, Held, Paused or Suspended meanwhile.")
          String stage,
      @JsonPropertyDescription("The step under way, counted from 0.") Integer step,
      @JsonPropertyDescription("When the stage, or the step of the canary, began.")
          Instant phaseStartedAt,
      @JsonPropertyDescription(
              "Callers' requests that were compared before the step began; a step needs some of its own.")
          Long comparedBefore,
      @JsonPropertyDescription("Whether the next step has been approved.") Boolean approved,
      @JsonPropertyDescription("Whether a person has paused the rollout.") Boolean paused,
      @JsonPropertyDescription(
              "The last command of the annotation firstday.dev/rollout that was obeyed or refused.")
          String command,
      @JsonPropertyDescription("Whether it was obeyed.") Boolean commandObeyed,
      @JsonPropertyDescription("What became of it, or why not.") String commandResult,
      @JsonPropertyDescription(
              "What each router has counted of the pair of versions; those that are gone are in one.")
          List<RouterCounts> counts,
      @JsonPropertyDescription(
              "What came of the captured requests. Every router sends the same ones, so that one router's counts"
                  + " are all there is to know.")
          Replayed replayed,
      @JsonPropertyDescription("What came of the Model's golden cases.") GoldenResults golden,
      @JsonPropertyDescription("What the checks say.") List<CheckState> checks) {}

  /** What a router has counted; it counts from nothing after a restart. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RouterCounts(
      @JsonPropertyDescription("The router process; none: those that are gone, together.")
          String instance,
      @JsonPropertyDescription("Of callers' requests.") Comparison live) {}

  /** What one router has counted of captured requests. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Replayed(
      @JsonPropertyDescription("The router process.") String instance,
      @JsonPropertyDescription("Of captured requests.") Comparison counts) {}

  /** One check's evidence so far. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CheckState(
      @JsonPropertyDescription(
              "errors, timeouts, nonFinite, outOfRange, slow, disagreement, disagreement[COLUMN=VALUE], score,"
                  + " labels or distribution; disagreement(golden) of golden requests alone; or the name of a Prometheus check.")
          String name,
      @JsonPropertyDescription("Pass, Fail or Undecided.") String verdict,
      @JsonPropertyDescription("What a failure does: gate or warn.")
          ModelDeploymentSpec.Action action,
      @JsonPropertyDescription("What Prometheus says, for a Prometheus check.") Double value,
      @JsonPropertyDescription("Requests, or rows, that both versions answered.") Long compared,
      @JsonPropertyDescription("How many of them were bad.") Long bad,
      @JsonPropertyDescription("The share of bad ones seen, in percent.") Double estimate,
      @JsonPropertyDescription("The share is at least this, in percent, with 95 % confidence.")
          Double low,
      @JsonPropertyDescription("The share is at most this, in percent, with 95 % confidence.")
          Double high,
      @JsonPropertyDescription("The share that is tolerated, in percent.") Double bound,
      @JsonPropertyDescription(
              "How far the evidence has come, in percent of what a verdict needs: above 0 towards Fail, below 0"
                  + " towards Pass.")
          Double evidence,
      @JsonPropertyDescription("About how many more are needed; none when there is a verdict.")
          Long needed,
      @JsonPropertyDescription("About how many minutes that takes at this rollout's traffic.")
          Long minutes,
      @JsonPropertyDescription("Ids of bad requests (header X-Request-Id), newest first.")
          List<String> examples,
      @JsonPropertyDescription("For people: the rate beside its bound, and what is still needed.")
          String message) {

    /** The state of a check of one number, which nothing is counted for. */
    public static CheckState ofNumber(
        String name,
        String verdict,
        ModelDeploymentSpec.Action action,
        Double value,
        String message) {
      return new CheckState(
          name, verdict, action, value, null, null, null, null, null, null, null, null, null, null,
          message);
    }
  }

  /** A version that was rolled back. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Rejection(
      @JsonPropertyDescription("The version's number.") Integer number,
      @JsonPropertyDescription("The version's digest.") String digest,
      @JsonPropertyDescription("The check that failed, or what kept it from starting.")
          String reason,
      @JsonPropertyDescription("The evidence.") String message,
      @JsonPropertyDescription("Ids of requests that show it.") List<String> examples,
      @JsonPropertyDescription("When.") Instant at,
      @JsonPropertyDescription(
              "The generation of the spec it was tried for; an edited spec tries again.")
          Long generation) {}

  /** A version that was the stable one. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Previous(
      @JsonPropertyDescription("The version's number.") Integer number,
      @JsonPropertyDescription("The version's digest.") String digest,
      @JsonPropertyDescription("When another one was promoted.") Instant replacedAt,
      @JsonPropertyDescription("Until when its pods stay; none when they do not.")
          Instant warmUntil) {}

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
      @JsonPropertyDescription("Predictor pods a version, without spec.autoscaling.")
          Integer replicas,
      @JsonPropertyDescription("Bounds of the number of pods, with spec.autoscaling.")
          Autoscaling autoscaling,
      @JsonPropertyDescription("Weights of the steps, in percent.") List<Integer> weights,
      @JsonPropertyDescription("Seconds that a phase may take.") Long phaseDeadlineSeconds,
      @JsonPropertyDescription("Probability in percent that a good version is rolled back.")
          Double falseRollbackPercent,
      @JsonPropertyDescription("Probability in percent that a bad one passes a check.")
          Double falsePromotionPercent,
      @JsonPropertyDescription("What is kept of requests; none when nothing is.") Capture capture,
      @JsonPropertyDescription("Which captured requests a candidate is sent; none when it is not.")
          ModelDeploymentSpec.Replay replay,
      @JsonPropertyDescription("Which versions come back untried; none when none do.")
          ModelDeploymentSpec.RollbackWindow rollbackWindow) {}
}
