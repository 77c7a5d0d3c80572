package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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
            "One word for people: Pending, Snapshotting, Ready, Refreshing, Refused, Degraded, Failed or Suspended.")
        String phase,
    @JsonPropertyDescription("Ready, Reconciling, Stalled and Suspended.")
        List<Condition> conditions,
    @JsonPropertyDescription("The newest version whose checks passed: the one that 'latest' means.")
        Version latest,
    @JsonPropertyDescription(
            "The newest version that its checks refused, while no later one passed.")
        Version refused,
    @JsonPropertyDescription(
            "The last ten versions, newest first, and after them older ones that something refers to.")
        List<Version> versions,
    @JsonPropertyDescription("The checks of the last run that checked anything.") Checks checks,
    @JsonPropertyDescription("When data was looked for, and when it will be.") RefreshState refresh,
    @JsonPropertyDescription(
            "Numbers of the versions that something refers to; they are never swept.")
        List<Integer> pinned,
    @JsonPropertyDescription("What spec.retention swept, or would sweep.") RetentionState retention,
    @JsonPropertyDescription("The run that is under way, or the last one.") RunState run)
    implements ResourceStatus {

  /** A version: its number counts, its digest identifies. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Version(
      @JsonPropertyDescription("Counts from 1.") Integer number,
      @JsonPropertyDescription("sha256 of the version's manifest.") String digest,
      @JsonPropertyDescription(
              "major.minor.patch: a major one edits, removes or moves rows of the version before, a minor one only"
                  + " adds some, a patch has the same.")
          String tag,
      @JsonPropertyDescription("Rows in all.") Long rows,
      @JsonPropertyDescription("Rows of the training split.") Long trainRows,
      @JsonPropertyDescription("Rows of the validation split.") Long validationRows,
      @JsonPropertyDescription("Rows of the test split, if there is one.") Long testRows,
      @JsonPropertyDescription("True when a check of severity error failed.") Boolean refused,
      @JsonPropertyDescription("When the run that recorded it ended.") Instant recordedAt) {}

  /** Counts, and what failed. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Checks(
      @JsonPropertyDescription("Passed of all that could be judged, as 7/8.") String summary,
      @JsonPropertyDescription("How many passed.") Integer passed,
      @JsonPropertyDescription("How many failed with severity error.") Integer failed,
      @JsonPropertyDescription("How many failed with severity warning.") Integer warnings,
      @JsonPropertyDescription(
              "How many could not be judged, for want of something to compare with.")
          Integer skipped,
      @JsonPropertyDescription("The first failed ones: name, value and bound.")
          List<String> failures,
      @JsonPropertyDescription("The version looked at.") Integer version,
      @JsonPropertyDescription("When.") Instant checkedAt,
      @JsonPropertyDescription("Number of the result in S3, which has all details.") Integer result,
      @JsonPropertyDescription(
              "Each check's value beside its bound; the last ones are left out when they are too many for a"
                  + " worker's answer.")
          List<Outcome> outcomes) {}

  /** A check's value beside its bound. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Outcome(
      @JsonPropertyDescription("The check's name.") String name,
      @JsonPropertyDescription("The value measured; none when there was nothing to measure.")
          Double value,
      @JsonPropertyDescription("What the value counts.") DatasetCheck.Unit unit,
      @JsonPropertyDescription("What it must be, as >= 1000.") String bound,
      @JsonPropertyDescription("The least value that passes, where there is one.") Double lower,
      @JsonPropertyDescription("The greatest value that passes, where there is one.") Double upper,
      @JsonPropertyDescription(
              "What chance alone may give with so few rows, where that is more than the bound allows: a value"
                  + " fails above it.")
          Double threshold,
      @JsonPropertyDescription("passed, failed or skipped.") Verdict verdict,
      @JsonPropertyDescription("error or warning.") DatasetCheck.Severity severity,
      @JsonPropertyDescription("Why it was skipped.") String note) {}

  /** What a check came to. */
  public enum Verdict {
    @JsonProperty("passed")
    PASSED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("skipped")
    SKIPPED
  }

  /** The clock of spec.refresh. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RefreshState(
      @JsonPropertyDescription("Why the last run began: Spec, Schedule, Change or Retention.")
          RefreshTrigger trigger,
      @JsonPropertyDescription("When its turn was.") Instant lastAt,
      @JsonPropertyDescription("When the next turn is.") Instant nextAt,
      @JsonPropertyDescription(
              "The generation of the spec that the last run began with; with another spec.retention than that, a"
                  + " run begins.")
          Long generation) {}

  /** What makes a run begin. */
  public enum RefreshTrigger {
    /** A new spec, or a new value of the refresh annotation. */
    @JsonProperty("Spec")
    SPEC,
    /** spec.refresh.schedule: build what is new, or check again what is there. */
    @JsonProperty("Schedule")
    SCHEDULE,
    /** spec.refresh.onChange: build what is new, and nothing else. */
    @JsonProperty("Change")
    CHANGE,
    /** The grace period of a swept version is over. */
    @JsonProperty("Retention")
    RETENTION
  }
}
