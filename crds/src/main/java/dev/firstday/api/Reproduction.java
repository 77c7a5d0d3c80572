package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** What came of training a version of a {@link Model} once more. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reproduction(
    @JsonPropertyDescription(
            "The value of the annotation firstday.dev/reproduce that asked for it.")
        String asked,
    @JsonPropertyDescription("The version's number.") Integer version,
    @JsonPropertyDescription(
            "sha256 of the artefact's manifest; left out: there is no such version.")
        String digest,
    @JsonPropertyDescription("When it was done.") Instant at,
    @JsonPropertyDescription(
            "WeightsIdentical: the same weights, bit by bit; MetricsAlike: other weights, and metrics within the 95 %"
                + " intervals that were recorded; MetricsDiffer; or why it could not be done.")
        String verdict,
    @JsonPropertyDescription("What was compared, and what it came to.") String message) {
  public static final String IDENTICAL = "WeightsIdentical";
  public static final String ALIKE = "MetricsAlike";
  public static final String DIFFERENT = "MetricsDiffer";

  /** Whether the version is what its recipe gives. */
  @JsonIgnore
  public boolean succeeded() {
    return IDENTICAL.equals(verdict) || ALIKE.equals(verdict);
  }
}
