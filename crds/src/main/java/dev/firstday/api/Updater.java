package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** The optimiser. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "self.learningRate > 0.0", message = "learningRate is greater than 0")
public record Updater(
    @Required @JsonPropertyDescription("adam, sgd, nesterovs or rmsProp.") Type type,
    @Required @JsonPropertyDescription("Step size, above 0.") Double learningRate,
    @JsonPropertyDescription("How the rate changes from epoch to epoch. Left out: not at all.")
        RateSchedule schedule) {

  /** Optimisers by name. */
  public enum Type {
    @JsonProperty("adam")
    ADAM,
    @JsonProperty("sgd")
    SGD,
    @JsonProperty("nesterovs")
    NESTEROVS,
    @JsonProperty("rmsProp")
    RMS_PROP
  }
}
