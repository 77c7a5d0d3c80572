package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/** What became of a {@link Dataset}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status is about; -1: not seen yet.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "One word for people: Pending, Snapshotting, Ready, Refused, Failed or Suspended.")
        String phase,
    @JsonPropertyDescription("Ready, Reconciling, Stalled and Suspended.")
        List<Condition> conditions,
    @JsonPropertyDescription("The newest version whose checks passed: the one that 'latest' means.")
        Version latest,
    @JsonPropertyDescription(
            "The newest version that its checks refused, while no later one passed.")
        Version refused,
    @JsonPropertyDescription("The last ten versions, newest first.") List<Version> versions,
    @JsonPropertyDescription("The checks of the last run.") Checks checks,
    @JsonPropertyDescription("The run that is under way, or the last one.") RunState run)
    implements ResourceStatus {

  /** A version: its number counts, its digest identifies. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Version(
      @JsonPropertyDescription("Counts from 1.") Integer number,
      @JsonPropertyDescription("sha256 of the version's manifest.") String digest,
      @JsonPropertyDescription("Rows in all.") Long rows,
      @JsonPropertyDescription("Rows of the training split.") Long trainRows,
      @JsonPropertyDescription("Rows of the validation split.") Long validationRows,
      @JsonPropertyDescription("True when a check of severity error failed.") Boolean refused,
      @JsonPropertyDescription("When the run that recorded it ended.") Instant recordedAt) {}

  /** Counts, and what failed. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Checks(
      @JsonPropertyDescription("Passed of all, as 7/8.") String summary,
      @JsonPropertyDescription("How many passed.") Integer passed,
      @JsonPropertyDescription("How many failed.") Integer failed,
      @JsonPropertyDescription("The first failed ones: name, value and bound.")
          List<String> failures) {}
}
