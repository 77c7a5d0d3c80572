package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** What a pod asks of its node. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerResources(
    @Size(max = 8)
        @JsonPropertyDescription(
            "Least amounts the pod is scheduled with, by resource name: cpu, memory, nvidia.com/gpu, ...")
        Map<String, String> requests,
    @Size(max = 8)
        @JsonPropertyDescription(
            "Most the pod may use, by resource name. An extended resource such as nvidia.com/gpu is requested"
                + " with the same amount; ephemeral-storage is also what its /tmp may hold, which is 8Gi without.")
        Map<String, String> limits) {}
