package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One metric on the validation split, of the model and of what it has to be better than. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetricValue(
    @JsonPropertyDescription("Which metric.") TrainingJobSpec.MetricName name,
    @JsonPropertyDescription("The model's value.") Double value,
    @JsonPropertyDescription("The value of the constant that is best for it, on the same rows.")
        Double baseline,
    @JsonPropertyDescription("The value of a linear model of the same inputs, on the same rows.")
        Double linear,
    @JsonPropertyDescription(
            "Where the model's 95 % interval begins: what other rows of the same kind might give.")
        Double lower,
    @JsonPropertyDescription("Where it ends.") Double upper) {

  /** What is no number is left out: neither JSON nor a schema has a word for it. */
  public MetricValue {
    value = finite(value);
    baseline = finite(baseline);
    linear = finite(linear);
    lower = finite(lower);
    upper = finite(upper);
  }

  private static Double finite(Double number) {
    return number == null || Double.isFinite(number) ? number : null;
  }
}
