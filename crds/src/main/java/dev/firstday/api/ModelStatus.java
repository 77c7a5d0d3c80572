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
    @JsonPropertyDescription("One word for people: Pending, Empty, Ready or Failed.") String phase,
    @JsonPropertyDescription("Ready, Reconciling, Stalled and Suspended.")
        List<Condition> conditions,
    @JsonPropertyDescription("The version with the greatest number.") ModelVersion newest,
    @JsonPropertyDescription("How many versions S3 holds.") Integer versionCount,
    @JsonPropertyDescription("Versions, newest first.") List<ModelVersion> versions,
    @JsonPropertyDescription("The run that lists what S3 holds, from when the Model was created.")
        RunState run)
    implements ResourceStatus {}
