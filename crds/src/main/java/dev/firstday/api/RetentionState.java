package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/** What {@link Retention} did, or would do. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetentionState(
    @JsonPropertyDescription("Versions marked, whose files are there until the grace period ends.")
        List<Integer> marked,
    @JsonPropertyDescription(
            "Versions whose files are deleted; of many, those of the last run and those that the status lists.")
        List<Integer> deleted,
    @JsonPropertyDescription("With dryRun: versions that would be marked.") List<Integer> wouldMark,
    @JsonPropertyDescription("With dryRun: versions whose files would be deleted.")
        List<Integer> wouldDelete,
    @JsonPropertyDescription("Bytes that were, or would be, deleted.") Long bytes,
    @JsonPropertyDescription("When a grace period ends, or a version gets too old, next.")
        Instant nextAt) {}
