package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The optimiser. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Updater(
    @Required @JsonPropertyDescription("adam, sgd, nesterovs or rmsProp.") Type type,
    @Required @JsonPropertyDescription("Step size, above 0.") Double learningRate) {

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
