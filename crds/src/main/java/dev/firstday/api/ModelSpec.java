package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A name under which versions are recorded. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelSpec(
    @Min(1)
        @Max(50)
        @JsonPropertyDescription(
            "How many versions, newest first, the status lists; S3 keeps all. Left out: 10.")
        Integer listedVersions,
    @Size(max = 100)
        @JsonPropertyDescription(
            "Requests whose answers are known. Every version has to give them before callers see it.")
        List<GoldenCase> golden) {}
