package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What is recorded of a {@link Model}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status is about; -1: not seen yet.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "One word for people: Pending, Empty, Testing, Ready, Degraded or Failed.")
        String phase,
    @JsonPropertyDescription("Ready, Reconciling, Stalled, Suspended and Degraded.")
        List<Condition> conditions,
    @JsonPropertyDescription("The newest version that passed its inspection.") ModelVersion newest,
    @JsonPropertyDescription(
            "How many versions S3 holds, without those that spec.retention deleted.")
        Integer versionCount,
    @JsonPropertyDescription("The newest versions and those with an alias, newest first.")
        List<ModelVersion> versions,
    @JsonPropertyDescription("How versions stood when they were last looked at, newest first.")
        List<VersionHealth> health,
    @JsonPropertyDescription("The aliases of the spec, each with what it named before.")
        List<AliasState> aliases,
    @JsonPropertyDescription("Digest of the spec for which S3 was last listed.") String inventory,
    @JsonPropertyDescription(
            "The value of the annotation firstday.dev/verify that was last done as asked.")
        String verified,
    @JsonPropertyDescription("What spec.retention swept, or would sweep.") RetentionState retention,
    @JsonPropertyDescription(
            "Digest of the spec.retention, the newest version and those in use for which versions were last swept.")
        String swept,
    @JsonPropertyDescription("What came of the last version that was trained once more.")
        Reproduction reproduction,
    @JsonPropertyDescription("What the run is about.") Errand errand,
    @JsonPropertyDescription("The run that is under way, or the last one.") RunState run)
    implements ResourceStatus {}
