package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One metric on the validation split, of the model and of the best constant. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetricValue(
    @JsonPropertyDescription("Which metric.") TrainingJobSpec.MetricName name,
    @JsonPropertyDescription("The model's value.") Double value,
    @JsonPropertyDescription("The best constant's value on the same rows.") Double baseline) {}
