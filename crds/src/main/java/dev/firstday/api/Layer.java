package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** A dense layer. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Layer(
    @Required @Min(1) @Max(65536) @JsonPropertyDescription("Width of the layer.") Integer units,
    @JsonPropertyDescription("Left out: relu.") Activation activation,
    @Min(0)
        @JsonPropertyDescription(
            "Share of this layer's outputs that are set to zero in a training step, below 1.")
        Double dropout) {

  /** What a layer does to its sums. */
  public enum Activation {
    @JsonProperty("relu")
    RELU,
    @JsonProperty("leakyRelu")
    LEAKY_RELU,
    @JsonProperty("elu")
    ELU,
    @JsonProperty("selu")
    SELU,
    @JsonProperty("gelu")
    GELU,
    @JsonProperty("tanh")
    TANH,
    @JsonProperty("sigmoid")
    SIGMOID,
    @JsonProperty("identity")
    IDENTITY
  }
}
