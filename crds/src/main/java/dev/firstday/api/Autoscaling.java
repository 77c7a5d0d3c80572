package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** Bounds within which a HorizontalPodAutoscaler chooses the number of a version's pods. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.minReplicas) || self.minReplicas <= self.maxReplicas",
    message = "minReplicas is at most maxReplicas")
public record Autoscaling(
    @Min(1)
        @Max(100)
        @JsonPropertyDescription("Predictor pods a version has at least. Left out: 1.")
        Integer minReplicas,
    @Required @Min(1) @Max(100) @JsonPropertyDescription("Predictor pods a version has at most.")
        Integer maxReplicas,
    @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
            "Cpu, in percent of what a pod requests, that the pods are to use on average. Left out: 80.")
        Integer cpuPercent,
    @Min(1)
        @Max(10000)
        @JsonPropertyDescription(
            "Requests that a pod is to have in hand on average; of cpu and this, what asks for more pods counts. Needs"
                + " the custom metric firstday_predictor_requests_in_flight. Left out: cpu alone decides.")
        Integer inFlight) {
  /** Requests in hand, averaged over time: what an adapter makes of predictors' metrics. */
  public static final String IN_FLIGHT_METRIC = "firstday_predictor_requests_in_flight";
}
