package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/** How a namespace scores, point by point. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReadinessTestStatus(
    @JsonPropertyDescription(
            "The generation of the resource that this status is about; -1: not seen yet.")
        Long observedGeneration,
    @JsonPropertyDescription("One word for people: Scored.") String phase,
    @JsonPropertyDescription(
            "Ready, Reconciling, Stalled and Suspended. Ready says that there is a score, and not that it is a good one.")
        List<Condition> conditions,
    @JsonPropertyDescription("Points that pass, of nine, as 4/9.") String summary,
    @JsonPropertyDescription("How many points pass.") Integer passed,
    @JsonPropertyDescription("How many pass in part.") Integer partial,
    @JsonPropertyDescription("How many fail.") Integer failed,
    @JsonPropertyDescription("What to do next, of the first point that does not pass.") String next,
    @JsonPropertyDescription("The nine points, in order.") List<Point> points)
    implements ResourceStatus {

  /** One of the nine. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Point(
      @JsonPropertyDescription("From 1 to 9.") Integer number,
      @JsonPropertyDescription("What it asks for.") String name,
      @JsonPropertyDescription("pass, partial or fail.") Score score,
      @JsonPropertyDescription("What was found, with names, figures and dates.")
          List<String> evidence,
      @JsonPropertyDescription("What to do about what is lacking; left out: nothing is.")
          String next,
      @JsonPropertyDescription("Since when it has this score.") Instant since) {}

  /** How far a point is met. */
  public enum Score {
    /** All that it asks for was found. */
    @JsonProperty("pass")
    PASS,
    /** Some of it. */
    @JsonProperty("partial")
    PARTIAL,
    /** None of it. */
    @JsonProperty("fail")
    FAIL
  }
}
