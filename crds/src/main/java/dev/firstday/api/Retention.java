package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/**
 * Which versions are kept. One that nothing refers to, beyond those kept, is first marked as swept;
 * its files are deleted after the grace period. Its record and manifest stay.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Retention(
    @Required
        @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
            "How many good versions are kept, newest first, beside those that another resource refers to.")
        Integer keepVersions,
    @Min(1)
        @Max(3650)
        @JsonPropertyDescription(
            "Good versions that are younger than so many days are kept as well. Left out: none for their age.")
        Integer keepDays,
    @Min(1) @Max(3650) @JsonPropertyDescription("Days between mark and deletion. Left out: 7.")
        Integer graceDays,
    @JsonPropertyDescription("true: only say in status.retention what would go.") Boolean dryRun) {}
