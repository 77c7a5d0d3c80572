package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
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
@ValidationRule(
    value = "!has(self.rollout) || !has(self.rollout.replay) || has(self.capture)",
    message = "rollout.replay sends captured requests: give capture as well, {} will do")
@ValidationRule(
    value = "!(has(self.replicas) && has(self.autoscaling))",
    message = "a deployment has replicas or autoscaling, and not both")
@ValidationRule(
    value =
        "!has(self.autoscaling) || has(self.resources) && (has(self.resources.requests) &&"
            + " 'cpu' in self.resources.requests || has(self.resources.limits) &&"
            + " 'cpu' in self.resources.limits)",
    message =
        "autoscaling goes by the share of the requested cpu that pods use: set"
            + " resources.requests.cpu to what one pod is to use")
@ValidationRule(
    value =
        "!has(self.routing) || !has(self.routing.gatewayAPI) || !has(self.rollout) ||"
            + " !has(self.rollout.shadow)",
    message =
        "a Gateway throws away what a shadow answers, so that it cannot be judged: rollout.shadow"
            + " needs the router")
public record ModelDeploymentSpec(
    @Required
        @Pattern(Firstday.NAME_PATTERN)
        @JsonPropertyDescription("A Model in the same namespace.")
        String model,
    @Min(1) @JsonPropertyDescription("Serve this version.") Integer version,
    @Size(max = 40)
        @Pattern(Firstday.NAME_PATTERN)
        @JsonPropertyDescription(
            "newest: serve whatever version is recorded last. Or an alias of the Model: serve the version that it"
                + " names.")
        String track,
    @Min(1) @Max(100) @JsonPropertyDescription("Predictor pods a version. Left out: 1.")
        Integer replicas,
    @JsonPropertyDescription("As many predictor pods as their cpu asks for, in place of replicas.")
        Autoscaling autoscaling,
    @JsonPropertyDescription("Cpu and memory of a predictor pod.") WorkerResources resources,
    @JsonPropertyDescription("What shares out callers' requests. Left out: the router.")
        Routing routing,
    @JsonPropertyDescription("How a new version takes over from the stable one.") Rollout rollout,
    @JsonPropertyDescription(
            "Keep requests with their answers in S3, for people to look at and for spec.rollout.replay. {}: as it"
                + " is when all is left out. Left out: nothing is kept, and routers get no access to S3.")
        Capture capture,
    @JsonPropertyDescription("Start or advance no rollout while true; what serves goes on serving.")
        Boolean suspend) {

  /** Whether callers come through a Gateway, and not through the router. */
  @JsonIgnore
  public boolean isBehindGateway() {
    return routing != null && routing.gatewayAPI() != null;
  }

  /** Whether it serves whatever version is recorded last. */
  @JsonIgnore
  public boolean isOfNewest() {
    return Track.NEWEST.equals(track);
  }

  /** What a deployment may follow that is no alias. */
  public static final class Track {
    public static final String NEWEST = "newest";

    private Track() {}
  }

  /** How a candidate gets from its golden requests to all traffic. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Rollout(
      @JsonPropertyDescription(
              "Captured requests are sent to both versions before any caller is. Left out: none are.")
          Replay replay,
      @JsonPropertyDescription(
              "Before any caller gets the candidate's answers. Left out: the steps begin at once.")
          Shadow shadow,
      @Size(max = 20)
          @JsonPropertyDescription(
              "The candidate's shares of traffic, ascending. Left out: 10 and 50 percent. An empty list:"
                  + " promoted when its golden requests, and spec.rollout.replay and shadow if given, pass.")
          List<Step> steps,
      @JsonPropertyDescription("What is compared with the stable version, request by request.")
          Checks checks,
      @JsonPropertyDescription("How often the decision may be wrong.") Risk risk,
      @Min(0)
          @Max(604800)
          @JsonPropertyDescription(
              "Seconds that the candidate answers every request while the stable version stays ready to take over"
                  + " again. Left out: 0.")
          Long bakeSeconds,
      @Min(1)
          @Max(604800)
          @JsonPropertyDescription(
              "Seconds that one phase (start, golden requests, replay, shadow, a step) may take. Left out: 600.")
          Long phaseDeadlineSeconds,
      @JsonPropertyDescription(
              "What happens to a phase whose checks are undecided at its deadline: hold (when left out),"
                  + " promote or rollback.")
          Undecided onUndecided,
      @JsonPropertyDescription(
              "Which versions that were the stable one before come back without being tried again. {}: as it is when"
                  + " all is left out. Left out: none.")
          RollbackWindow rollbackWindow) {
    public static final Rollout DEFAULT =
        new Rollout(null, null, null, null, null, null, null, null, null);
  }

  /** The way back to a version that was stable a while ago. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RollbackWindow(
      @Min(1)
          @Max(10)
          @JsonPropertyDescription(
              "How many versions before the stable one are promoted as soon as their pods are ready, when one of"
                  + " them is wanted again. Left out: 2.")
          Integer versions,
      @Min(0)
          @Max(604800)
          @JsonPropertyDescription(
              "Seconds that their pods stay after the promotion that replaced them, so that `firstday rollout"
                  + " rollback` goes back at once. Left out: 3600.")
          Long keepWarmSeconds) {}

  /** Captured requests that a candidate is tried with. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Replay(
      @Min(1)
          @Max(10000)
          @JsonPropertyDescription(
              "How many at most: the newest of those that capture.percent has drawn. Left out: 500.")
          Integer requests,
      @Min(1) @Max(3650) @JsonPropertyDescription("Days that they may be old. Left out: 7.")
          Integer maxAgeDays) {}

  /** Requests that stable answers are sent to the candidate too, and only compared. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Shadow(
      @Required
          @Min(1)
          @Max(100)
          @JsonPropertyDescription("Percent of requests that the candidate is sent as well.")
          Integer percent) {}

  /** One share of traffic. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Step(
      @Required
          @Min(1)
          @Max(99)
          @JsonPropertyDescription("Percent of requests that the candidate answers.")
          Integer weight,
      @JsonPropertyDescription(
              "When true, the step begins only after `firstday rollout approve`, or a promote.")
          Boolean requireApproval) {}

  /** Error rates of the decision, over a whole rollout and all its checks. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Risk(
      @Min(0.01)
          @Max(20)
          @JsonPropertyDescription(
              "Probability, in percent, that a version within all its bounds is rolled back. Left out: 1.")
          Double falseRollbackPercent,
      @Min(0.01)
          @Max(20)
          @JsonPropertyDescription(
              "Probability, in percent, that a version beyond a bound passes that check. Left out: 5.")
          Double falsePromotionPercent) {}

  /**
   * Bounds on rates of bad answers. A rate is judged by an anytime-valid test: above its tolerance
   * rolls back, below it passes, and in between more requests are needed.
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Checks(
      @JsonPropertyDescription(
              "Share of requests, in percent, that the candidate may fail where the stable version does not:"
                  + " by an error, by a time-out, by an answer that is not finite, or by one that is out of"
                  + " range; each is a check of its own. Left out: 5.")
          @Min(0.1)
          @Max(50)
          Double errorsPercent,
      @JsonPropertyDescription(
              "Share of requests, in percent, that may be slow: slower than slowFactor times the stable"
                  + " version's 95th percentile. Left out: 20.")
          @Min(0.1)
          @Max(50)
          Double slowPercent,
      @Min(1) @JsonPropertyDescription("See slowPercent. Left out: 1.5.") Double slowFactor,
      @JsonPropertyDescription(
              "What a number may be, where the label is one; probabilities are from 0 to 1 anyway.")
          Range range,
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
          Double scoreTolerance,
      @Size(max = 5)
          @JsonPropertyDescription(
              "Feature columns by whose values disagreement is judged apart: a version that is wrong for one"
                  + " country alone is found there. At most twenty values a column are told apart.")
          List<String> slices,
      @JsonPropertyDescription("How far scores may move. Left out: not looked at.")
          ScoreChange scoreChange,
      @JsonPropertyDescription(
              "What labels that arrive later do (POST /v2/models/MODEL/feedback): gate (when left out), warn or"
                  + " ignore. Without any label nothing waits for them.")
          Action labels,
      @JsonPropertyDescription(
              "Whether the candidate's answers are distributed as the stable version's. Left out: a change is told.")
          Distribution distribution,
      @Size(max = 10)
          @JsonPropertyDescription(
              "Queries to the Prometheus of the operator (prometheus.url in the chart's values).")
          List<PrometheusCheck> prometheus) {
    /** What slowFactor and scoreTolerance are where they are left out. */
    public static final double SLOW_FACTOR = 1.5;

    public static final double SCORE_TOLERANCE = 0.5;

    public static final Checks DEFAULT =
        new Checks(null, null, null, null, null, null, null, null, null, null, null);
  }

  /** A number that Prometheus gives. Without one the rollout neither advances nor goes back. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.min) || has(self.max)",
      message = "a Prometheus check has min, max or both")
  public record PrometheusCheck(
      @Required
          @Pattern("^[a-z][A-Za-z0-9-]{0,40}$")
          @JsonPropertyDescription("What status and events call it.")
          String name,
      @Required
          @Size(min = 1, max = 2000)
          @JsonPropertyDescription(
              "PromQL that gives one number. $(namespace), $(deployment) and $(version) (the candidate's) are"
                  + " filled in.")
          String query,
      @JsonPropertyDescription("The least value that is good. Left out: any.") Double min,
      @JsonPropertyDescription("The greatest value that is good. Left out: any.") Double max) {}

  /** Bounds of a number, both included. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Range(
      @JsonPropertyDescription("The least value. Left out: any.") Double min,
      @JsonPropertyDescription("The greatest value. Left out: any.") Double max) {}

  /** A bound on how many scores move. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ScoreChange(
      @Required
          @Min(0)
          @JsonPropertyDescription(
              "Greatest difference of two probabilities of the same class, or of two numbers in the label's"
                  + " unit, that counts as none.")
          Double tolerance,
      @Min(0.1)
          @Max(50)
          @JsonPropertyDescription(
              "Share of rows, in percent, that may move further. Left out: 20.")
          Double percent,
      @JsonPropertyDescription("warn (when left out), gate or ignore.") Action action) {}

  /** How much oftener or more rarely an answer may be given. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "!has(self.action) || self.action != 'gate'",
      message = "distribution only warns: its action is warn or ignore")
  public record Distribution(
      @Min(0.1)
          @Max(50)
          @JsonPropertyDescription(
              "Percentage points: a change of an answer's share that is smaller is not told. Left out: 5.")
          Double points,
      @JsonPropertyDescription("warn (when left out) or ignore.") Action action) {}

  /** What a failed check does. */
  public enum Action {
    /** It rolls the candidate back. */
    @JsonProperty("gate")
    GATE,
    /** It is told. */
    @JsonProperty("warn")
    WARN,
    /** It is not looked at. */
    @JsonProperty("ignore")
    IGNORE
  }

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
