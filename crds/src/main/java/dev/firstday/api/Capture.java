package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Which requests are kept, what of them, how many and how long. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Capture(
    @Min(0)
        @Max(100)
        @JsonPropertyDescription(
            "Percent of all requests, drawn at random, that are kept. What a version fails, and what two versions"
                + " answer differently, is kept anyway. Left out: 10.")
        Integer percent,
    @Size(max = 50)
        @JsonPropertyDescription(
            "Columns whose values are not kept: they are null in what is written, and so in what is replayed.")
        List<String> redact,
    @Min(1)
        @Max(100000)
        @JsonPropertyDescription(
            "Megabytes of requests and answers, before compression, that one router pod keeps in an hour; what is"
                + " beyond is let go. Left out: 100.")
        Integer maxMegabytesPerHour,
    @Min(1) @Max(3650) @JsonPropertyDescription("Days after which they are deleted. Left out: 7.")
        Integer keepDays) {}
